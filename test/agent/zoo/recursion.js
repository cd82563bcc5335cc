// Each call of a recursive function is a task of its own.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function down(n) {
  if (n === 0) await sleep(1000);
  else await down(n - 1);
}
down(3);
probeAfter(20);
