'use strict';
// Preloaded into a program of the zoo that is looked into from outside: it says when its moment has come, and stays there.
// Its timers run a hundred times as long, so that the moment lasts.
const { writeSync } = require('node:fs');
const timers = require('node:timers');
const promises = require('node:timers/promises');

const SHORTEST_MS = 200;
const FACTOR = 100;
const longer = (ms) => (ms >= SHORTEST_MS ? ms * FACTOR : ms);

const { setTimeout, setInterval } = globalThis;
for (const where of [globalThis, timers]) {
  where.setTimeout = (run, ms, ...rest) => setTimeout(run, longer(ms), ...rest);
  where.setInterval = (run, ms, ...rest) => setInterval(run, longer(ms), ...rest);
  Object.assign(where.setTimeout, setTimeout);
}
const wait = promises.setTimeout;
promises.setTimeout = (ms, ...rest) => wait(longer(ms), ...rest);
const timeout = AbortSignal.timeout.bind(AbortSignal);
AbortSignal.timeout = (ms) => timeout(longer(ms));

const ready = () => writeSync(1, '\u0001ready\n');

// The program stands where it calls this.
globalThis.probe = () => {
  ready();
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
};

globalThis.probeAfter = (ms) => {
  setTimeout(ready, ms);
  setInterval(() => {}, 2 ** 31 - 1);
};
