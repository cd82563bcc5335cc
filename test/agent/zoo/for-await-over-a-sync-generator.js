// `for await` over a generator that is not async waits for the promise that it yielded.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function* pages() {
  yield sleep(1);
  yield sleep(1000);
}
async function main() {
  for await (const page of pages()) page;
}
main();
probeAfter(20);
