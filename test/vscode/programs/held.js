'use strict';
// Waits in many ways at once, and nothing more happens but `tick`: the place for a breakpoint that changes nothing.
const { EventEmitter, once } = require('node:events');
const http = require('node:http');
const net = require('node:net');
const { Worker, isMainThread, parentPort } = require('node:worker_threads');

const emitter = new EventEmitter();
const never = new Promise(() => {});

function tick() {
  emitter.emit('tick');
}

class Shop {
  #stock = never;
  static async open(name) {
    const shop = new Shop();
    return shop.serve(name);
  }
  async serve(name) {
    const [stock] = await Promise.all([this.#lookUp(name), this.#lookUp('tea'), deeper(2)]);
    return stock;
  }
  async #lookUp(name) {
    return `${name}: ${await this.#stock}`;
  }
}

async function deeper(levels) {
  if (levels > 0) await deeper(levels - 1);
  else await once(emitter, 'never');
}

async function firstOf() {
  await Promise.race([never, deeper(1), new Promise((resolve) => setTimeout(resolve, 600_000))]);
}

async function* numbers() {
  yield 1;
  await never;
}

async function sum() {
  let total = 0;
  for await (const number of numbers()) total += number;
  return total;
}

async function two(shared) {
  await Promise.allSettled([shared, Promise.any([shared, never])]);
}

async function waitsForTwo(shared) {
  await shared;
}

async function callback() {
  await new Promise((resolve) => emitter.once('never', resolve));
}

async function callSlowService(port) {
  const response = await fetch(`http://127.0.0.1:${port}/slow`);
  emitter.emit('answer');
  const text = await response.text();
  return text;
}

async function readFromSocket(port) {
  const socket = net.connect(port, '127.0.0.1');
  await once(socket, 'data');
  emitter.emit('greeting');
  const [data] = await once(socket, 'data');
  return data;
}

async function everythingIsHeld() {
  await never;
}

async function main() {
  const worker = new Worker(__filename);
  await once(worker, 'message');

  const silent = net.createServer((socket) => socket.write('hello')).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  void readFromSocket(silent.address().port);
  await once(emitter, 'greeting');

  const slow = http.createServer(async (request, response) => {
    response.sendDate = false; // it would take a timer
    response.write('some of it');
    await never;
  });
  slow.listen(0, '127.0.0.1');
  await once(slow, 'listening');
  void callSlowService(slow.address().port);
  await once(emitter, 'answer');

  const shared = deeper(0);
  void Shop.open('coffee');
  void firstOf();
  void sum();
  void two(shared);
  void waitsForTwo(shared);
  void waitsForTwo(shared).then(() => deeper(1));
  void callback();
  setInterval(tick, 20);
  setImmediate(everythingIsHeld);
}

async function work() {
  parentPort.postMessage('ready');
  const [order] = await once(parentPort, 'message');
  return order;
}

void (isMainThread ? main() : work());
