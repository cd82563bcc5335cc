'use strict';
// `main` calls `handler` calls `query`, which goes on after an await: nobody below it is on the call stack any more.
const { setTimeout: delay } = require('node:timers/promises');
const [, , how] = process.argv;

function check(round) {
  return round;
}

async function query(round) {
  await delay(10);
  if (how === 'throws') throw new Error('query failed');
  if (how === 'spins') for (;;) check(round);
  return check(round);
}

async function handler(round) {
  return await query(round);
}

async function main() {
  for (let round = 0; ; round++) await handler(round).catch(() => {});
}

void main();
