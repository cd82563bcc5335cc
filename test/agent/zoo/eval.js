// Evaluated code has the file that its sourceURL names.
globalThis.sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

eval(`(async function evaluated() {
  await sleep(1000);
})() //# sourceURL=evaluated.js`);
probeAfter(20);
