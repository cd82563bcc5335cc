// A combinator as the input of another one.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function main() {
  await Promise.all([Promise.all([sleep(1000), sleep(2000)]), Promise.race([sleep(3000)])]);
}
main();
probeAfter(20);
