// `Promise.race` shows the inputs that are still waiting.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function part(ms) {
  await sleep(ms);
}
async function main() {
  await Promise.race([part(1000), sleep(2000)]);
}
main();
probeAfter(20);
