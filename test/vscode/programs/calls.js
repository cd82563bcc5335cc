'use strict';
const { setTimeout: delay } = require('node:timers/promises');

async function query() {
  await delay(3_600_000);
}

async function handler() {
  await query();
}

async function quick() {
  await delay(20);
  return { id: 42 };
}

async function main() {
  for (;;) {
    await Promise.race([handler(), quick()]);
    await delay(600);
  }
}

void main();
