async function main() {
  await 1;
  await null;
  await new Promise(() => {});
}
main();
probeAfter(20);
