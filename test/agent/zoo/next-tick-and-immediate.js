const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function fromTick() {
  await sleep(1000);
}
async function fromImmediate() {
  await sleep(2000);
}
process.nextTick(fromTick);
setImmediate(fromImmediate);
probeAfter(20);
