// `Promise.all` shows the inputs that are still waiting and counts the others.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function part(ms) {
  await sleep(ms);
}
async function main() {
  await Promise.all([part(1000), sleep(2000), sleep(1), 4]);
}
main();
probeAfter(20);
