// A `new Promise` that starts its operation in a callback: the operation is not linked to it.
async function main() {
  await new Promise((resolve) => {
    process.nextTick(() => setTimeout(resolve, 1000));
  });
}
main();
probeAfter(20);
