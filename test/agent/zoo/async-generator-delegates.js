// `yield*` waits for the inner generator, which waits for a timer.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function* inner() {
  await sleep(1000);
  yield 1;
}
async function* outer() {
  yield* inner();
}
async function main() {
  for await (const x of outer()) x;
}
main();
probeAfter(20);
