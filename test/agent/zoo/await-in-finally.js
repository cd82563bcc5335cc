// An await in a finally block, after the try block has returned.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function main() {
  try {
    return await sleep(1);
  } finally {
    await sleep(1000);
  }
}
main();
probeAfter(20);
