// `for await` waits for the generator, which waits at an await of its own.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function* pages() {
  yield 1;
  await sleep(1000);
  yield 2;
}
async function main() {
  for await (const page of pages()) page;
}
main();
probeAfter(20);
