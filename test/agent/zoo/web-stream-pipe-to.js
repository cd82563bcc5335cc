// `pipeTo` of a web stream whose source waits for a timer.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function main() {
  const source = new ReadableStream({ pull: () => sleep(1000) });
  await source.pipeTo(new WritableStream());
}
main();
probeAfter(20);
