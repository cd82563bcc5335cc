// A `then` whose callback has returned a promise waits for that promise.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function main() {
  await sleep(1).then(() => sleep(1000));
}
main();
probeAfter(20);
