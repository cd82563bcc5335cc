'use strict';
const { setTimeout: delay } = require('node:timers/promises');

console.log(`NODE_OPTIONS: ${process.env.NODE_OPTIONS ?? 'none'}`);

async function waitForAnHour() {
  await delay(3_600_000);
}

void waitForAnHour();
