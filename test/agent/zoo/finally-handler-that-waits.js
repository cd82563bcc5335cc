// A `finally` whose callback waits holds back the value before it.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function main() {
  await Promise.resolve(1).finally(() => sleep(1000));
}
main();
probeAfter(20);
