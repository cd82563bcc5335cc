'use strict';
const { setTimeout: delay } = require('node:timers/promises');

async function price() {
  await delay(1_500);
  return { id: 42, items: [1, 2, 3] };
}

async function pay() {
  await delay(1_500);
  throw new TypeError('no stock');
}

void Promise.allSettled([price(), pay()]).then(() => {
  debugger; // eslint-disable-line no-debugger -- here the test wants it held
});
