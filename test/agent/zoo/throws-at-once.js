// A function that throws before its first await ends at once; the tree shows the await in the catch block.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function fails() {
  throw new Error('on purpose');
}
async function main() {
  try {
    await fails();
  } catch {
    await sleep(1000);
  }
}
main();
probeAfter(20);
