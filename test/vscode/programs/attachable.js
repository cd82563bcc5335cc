'use strict';
const { setTimeout: delay } = require('node:timers/promises');

async function round() {
  await delay(400);
}

async function rounds() {
  for (;;) await round();
}

void rounds();
