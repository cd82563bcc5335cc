'use strict';
const { createServer } = require('node:net');
const { setTimeout: delay } = require('node:timers/promises');

createServer().listen(0, '127.0.0.1');

async function round() {
  await delay(400);
}

async function rounds() {
  for (;;) await round();
}

void rounds();
