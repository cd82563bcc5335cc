// `yield*` over an array of promises waits for the one that comes next.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function* pages() {
  yield* [sleep(1), sleep(1000)];
}
async function main() {
  for await (const page of pages()) page;
}
main();
probeAfter(20);
