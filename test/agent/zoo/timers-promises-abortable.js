// A timer of `timers/promises` that a signal can end.
const timers = require('node:timers/promises');
const stop = new AbortController();
async function main() {
  await timers.setTimeout(1000, undefined, { signal: stop.signal });
}
main();
probeAfter(20);
