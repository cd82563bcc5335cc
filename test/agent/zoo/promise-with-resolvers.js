// `Promise.withResolvers` waits for what the same function starts after it.
// Node 22 and later
async function main() {
  const { promise, resolve } = Promise.withResolvers();
  setTimeout(resolve, 1000);
  await promise;
}
main();
probeAfter(20);
