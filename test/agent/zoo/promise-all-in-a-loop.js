// `Promise.all` of others that were made in a loop: each has its own inputs.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function main() {
  const groups = [];
  for (let i = 1; i <= 3; i++) groups.push(Promise.all([sleep(i * 1000), i]));
  await Promise.all(groups);
}
main();
probeAfter(20);
