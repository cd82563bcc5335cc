'use strict';
const { setTimeout: delay } = require('node:timers/promises');

let tick = 0;

function priceOf(cart) {
  const price = cart.length * 100;
  return price;
}

async function checkout(cart) {
  await delay(300);
  const price = priceOf(cart);
  await delay(300);
  return price + tick;
}

async function waits() {
  await delay(3_600_000);
}

async function main() {
  void waits();
  for (;;) await checkout(['shirt', 'socks']);
}

setInterval(() => {
  tick += 1;
}, 300);
void main();
