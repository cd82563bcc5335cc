// `for await` over the interval of `timers/promises`.
const timers = require('node:timers/promises');
async function main() {
  for await (const tick of timers.setInterval(1000)) tick;
}
main();
probeAfter(20);
