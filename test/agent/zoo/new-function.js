// Functions that are made of text have the file that their sourceURL names.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const AsyncFunction = main.constructor;
const fromText = new AsyncFunction('sleep', 'await sleep(1000); //# sourceURL=template.js');
async function main() {
  await fromText(sleep);
}
main();
probeAfter(20);
