// `Promise.race` of an empty list never ends.
async function main() {
  await Promise.race([]);
}
main();
probeAfter(20);
