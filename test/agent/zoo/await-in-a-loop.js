// Awaits in a loop: the tree shows the one of this round.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function main() {
  for (const ms of [1, 1000, 2000]) await sleep(ms);
}
main();
probeAfter(20);
