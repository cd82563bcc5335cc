// `pipeline` through async generators: the source waits, and so does everything after it.
const { pipeline } = require('node:stream/promises');
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function* source() {
  yield 'one';
  await sleep(1000);
}
async function* upperCase(lines) {
  for await (const line of lines) yield line.toUpperCase();
}
async function main() {
  await pipeline(source, upperCase, async function sink(lines) {
    for await (const line of lines) line;
  });
}
main();
probeAfter(20);
