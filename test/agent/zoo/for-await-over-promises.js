// `for await` over an array of promises waits through an iterator that V8 makes.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function main() {
  for await (const x of [sleep(1), sleep(1000)]) x;
}
main();
probeAfter(20);
