// A small kitchen to try Async Debugger with. It runs until you stop it.
//
//   Async Tasks      shows every order, what it waits for, and since when.
//   Async Warnings   shows the line that holds everybody else up: printMenu.
//   washUp           never goes on. The view tells what it waits for.
//   Handles          keep the program running: the server of openDoor.
const { createServer } = require('node:http');
const { setTimeout: delay } = require('node:timers/promises');

class Oven {
  #isFree = true;
  #waiting = [];

  async use(dish, minutes) {
    while (!this.#isFree) await new Promise((resolve) => this.#waiting.push(resolve));
    this.#isFree = false;
    await delay(minutes * 100);
    this.#isFree = true;
    this.#waiting.shift()?.();
    return dish;
  }
}

const oven = new Oven();

async function cook(dish) {
  await delay(300);
  return oven.use(dish, 12);
}

async function order(...dishes) {
  return Promise.all(dishes.map((dish) => cook(dish)));
}

async function evening() {
  for (;;) {
    await order('pizza', 'bread', 'gratin');
    await delay(500);
  }
}

// Nobody ever says that the plates are back.
async function washUp() {
  await new Promise((resolve) => (kitchen.platesAreBack = resolve));
}

// Holds the event loop: no order goes on while it runs.
function printMenu() {
  const until = Date.now() + 250;
  let pages = 0;
  while (Date.now() < until) pages += Math.sqrt(pages + 1);
  return pages;
}

function openDoor() {
  createServer((request, response) => response.end('Welcome')).listen(0, '127.0.0.1');
}

const kitchen = {};

openDoor();
evening();
washUp();
setInterval(printMenu, 3_000);
