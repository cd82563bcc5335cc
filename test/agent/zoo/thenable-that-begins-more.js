// A thenable whose `then` begins more than one thing: nothing tells which of them its `resolve` was given to.
async function log() {
  await new Promise((resolve) => setTimeout(resolve, 1000));
}
const waiting = [];

async function main() {
  await {
    then(resolve) {
      log().catch(() => {});
      setTimeout(() => {}, 2000);
      waiting.push(resolve);
    },
  };
}
main();
probeAfter(20);
