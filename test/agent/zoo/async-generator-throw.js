// `throw()` waits for the catch block of the generator.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function* rows() {
  try {
    yield 1;
  } catch {
    await sleep(1000);
  }
}
async function main() {
  const all = rows();
  await all.next();
  await all.throw(new Error('on purpose'));
}
main();
probeAfter(20);
