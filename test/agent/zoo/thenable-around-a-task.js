// A thenable that waits for a task: nothing tells that its `resolve` is called by that task's end.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function work() {
  await sleep(1000);
}
async function main() {
  await {
    then(resolve) {
      work().then(resolve);
    },
  };
}
main();
probeAfter(20);
