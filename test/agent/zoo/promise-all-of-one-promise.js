// `Promise.all` that is given one promise three times.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function main() {
  const one = sleep(1000);
  await Promise.all([one, one, one]);
}
main();
probeAfter(20);
