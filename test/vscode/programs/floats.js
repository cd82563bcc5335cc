// It forgets an await, lets two tasks wait for each other, and goes on until it is stopped.
const { setTimeout: sleep } = require('node:timers/promises');

async function save() {
  await sleep(60_000);
}

async function handle() {
  save();
}

let first;
let second;

async function left() {
  await null;
  await second;
}

async function right() {
  await null;
  await first;
}

async function main() {
  await sleep(200);
  await handle();
  first = left();
  second = right();
  await sleep(60_000);
}

void main();
