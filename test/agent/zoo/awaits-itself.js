// A task that awaits its own promise never ends.
let self;
async function main() {
  await null;
  await self;
}
self = main();
probeAfter(20);
