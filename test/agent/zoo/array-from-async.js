// `Array.fromAsync` waits for each element in turn.
// Node 22 and later
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function* pages() {
  yield 1;
  await sleep(1000);
}
async function main() {
  await Array.fromAsync(pages());
}
main();
probeAfter(20);
