'use strict';
// Hangs: `transfer` holds the lock that it waits for in `readBalance`.
const waiting = [];
let isLocked = false;

async function lock() {
  if (isLocked) await new Promise((resolve) => waiting.push(resolve));
  isLocked = true;
}

async function readBalance() {
  await lock();
}

async function transfer() {
  await lock();
  await readBalance();
}

void transfer();
setInterval(() => waiting.length, 60_000);
console.log('ready');
