// Awaits of plain values leave nothing behind; the tree shows the await that is still waiting.
async function main() {
  await 1;
  await null;
  await new Promise(() => {});
}
main();
probeAfter(20);
