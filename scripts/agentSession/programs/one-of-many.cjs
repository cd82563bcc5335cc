const { setTimeout: delay } = require('node:timers/promises');

async function quick() {
  await delay(20);
}

async function stuck() {
  await new Promise(() => {}); // FAULT
}

const kept = [];

async function all() {
  const parts = [quick(), stuck(), quick()];
  kept.push(...parts);
  await Promise.all(parts);
}

all();
setInterval(() => kept.length, 1000);
