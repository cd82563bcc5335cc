// An async function without an await ends at once and leaves nothing behind.
async function quick() {
  return 1;
}
async function main() {
  await quick();
  await new Promise(() => {});
}
main();
probeAfter(20);
