// A server that is asked so many times a second: each request is three async functions that await one another and, at
// the end, somebody's answer, which comes after a while. That makes seven promises, those of the awaits among them.
'use strict';

const TICK_MS = 10;
const ANSWERED_MS = 300;
const PROMISES = 7;
const TASKS = 3;
/** Frames below a request, as a framework has them. */
const MIDDLEWARE = 8;

const waiting = [];

async function query() {
  const rows = await new Promise((resolve) =>
    waiting.push({ resolve, atMs: performance.now() + ANSWERED_MS }),
  );
  return rows;
}

async function load() {
  const rows = await query();
  return rows;
}

async function handle() {
  const rows = await load();
  return rows;
}

function request(level) {
  if (level > 0) request(level - 1);
  else void handle();
}

function serve(perSecond) {
  const beganMs = performance.now();
  let served = 0;
  setInterval(() => {
    const nowMs = performance.now();
    let answered = 0;
    while (answered < waiting.length && waiting[answered].atMs <= nowMs) waiting[answered++].resolve();
    waiting.splice(0, answered);
    const due = ((nowMs - beganMs) / 1_000) * (perSecond / PROMISES);
    for (; served < due; served++) request(MIDDLEWARE);
  }, TICK_MS);
  return () => served * PROMISES;
}

globalThis.liveTasks = () => waiting.length * TASKS;

process.once('message', ({ perSecond }) => {
  const made = serve(perSecond);
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send({ made: made(), cpuMs: (user + system) / 1_000, atMs: performance.now() });
  });
  process.send({ serving: true });
});
process.once('disconnect', () => process.exit());
process.send('started');
