// A `catch` whose callback waits holds back the `finally` after it.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function main() {
  await Promise.reject(new Error('on purpose'))
    .catch(() => sleep(1000))
    .finally(() => {});
}
main();
probeAfter(20);
