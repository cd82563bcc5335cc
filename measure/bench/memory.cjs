// Makes many pending promises and tells by how much each of them has grown the heap, once the host has heard
// of all of them.
'use strict';

function nothing() {}

const never = new Promise(nothing);

async function waiting() {
  await never;
}

const MAKE = { promise: () => new Promise(nothing), call: waiting };

process.once('message', ({ name, count }) => {
  const kept = new Array(count);
  globalThis.gc();
  const before = process.memoryUsage().heapUsed;
  let made = 0;
  const make = () => {
    const until = Math.min(made + 10_000, count);
    while (made < until) kept[made++] = MAKE[name]();
    if (made < count) return void setImmediate(make);
    process.once('message', () => {
      globalThis.gc();
      const figure = (process.memoryUsage().heapUsed - before) / kept.length;
      process.send({ figure }, () => process.exit());
    });
    process.send({ made });
  };
  make();
});
process.send('started');
