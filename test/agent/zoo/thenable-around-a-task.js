// A thenable that waits for a task: the promise that the await makes for it waits for its `then`.
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
