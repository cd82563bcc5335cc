let self;
async function main() {
  await null;
  await self;
}
self = main();
probeAfter(20);
