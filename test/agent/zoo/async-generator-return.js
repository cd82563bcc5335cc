// Leaving `for await` early waits for the finally block of the generator.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function* rows() {
  try {
    yield 1;
  } finally {
    await sleep(1000);
  }
}
async function main() {
  for await (const row of rows()) if (row === 1) break;
}
main();
probeAfter(20);
