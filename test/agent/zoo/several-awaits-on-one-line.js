// Several awaits on one line: the tree shows the one that waits, and its column tells them apart.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function list() {
  return [await sleep(1), await sleep(1000), await sleep(2000)];
}
async function template() {
  return `${await sleep(1)} of ${await 2} in ${await sleep(1000)}`;
}
async function chained() {
  return (await (await sleep(1), sleep(1000))).length;
}
list();
template();
chained();
probeAfter(20);
