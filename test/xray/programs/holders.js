/* global probeAfter */
// Waits of many kinds, each in a function of its own: who may settle what it awaits is known.
const { EventEmitter, once } = require('node:events');
const { AsyncLocalStorage } = require('node:async_hooks');

const kept = [];
/** A promise that is referred to, so that the function which awaits it is not collected. */
function pending(executor) {
  const promise = new Promise(executor);
  kept.push(promise);
  return promise;
}

// Held by something that a person can name.
const waiting = new Map();
async function mapOfResolvers() {
  await pending((resolve) => waiting.set('order-42', { resolve }));
}
const queue = [];
async function arrayOfResolvers() {
  await pending((resolve) => queue.push(resolve));
}
const jobs = new EventEmitter();
async function listener() {
  await once(jobs, 'drain');
}
class Mutex {
  #queue = [];
  #isLocked = false;
  async lock() {
    if (this.#isLocked) await pending((resolve) => this.#queue.push(resolve));
    this.#isLocked = true;
    return () => {
      this.#isLocked = false;
      this.#queue.shift()?.();
    };
  }
}
const account = new Mutex();
async function readBalance() {
  const unlock = await account.lock();
  unlock();
}
async function transfer() {
  const unlock = await account.lock();
  await readBalance();
  unlock();
}
const [left, right] = [new Mutex(), new Mutex()];
const soon = () => new Promise((resolve) => setTimeout(resolve, 5));
async function leftThenRight() {
  const unlock = await left.lock();
  await soon();
  (await right.lock())();
  unlock();
}
async function rightThenLeft() {
  const unlock = await right.lock();
  await soon();
  (await left.lock())();
  unlock();
}
class Pool {
  free = [];
  waiters = [];
  clients = [{ id: 1 }];
  async acquire() {
    if (this.clients.length > 0) return this.clients.pop();
    return pending((resolve) => this.waiters.push(resolve));
  }
}
const pool = new Pool();
const client = new EventEmitter();
async function pooled() {
  await pool.acquire();
  await once(client, 'answer');
}
async function pooledSecond() {
  await pool.acquire();
}
let open;
const gate = pending((resolve) => (open = resolve));
async function barrier() {
  await gate;
}
async function timer() {
  await new Promise((resolve) => setTimeout(resolve, 100_000));
}
async function timeLimit() {
  await pending((resolve, reject) => {
    queue.push(resolve);
    setTimeout(reject, 100_000);
  });
}

// Nobody can settle these.
async function forgotten() {
  await pending(() => {});
}
async function heldByItsOwnWaiter() {
  let settle;
  await pending((resolve) => (settle = resolve));
  settle();
}

// These look so, and can be settled.
const byKey = new WeakMap();
const key = { name: 'key' };
async function inWeakMap() {
  await pending((resolve) => byKey.set(key, resolve));
}
let weakly;
async function behindWeakRef() {
  const state = {};
  const promise = pending((resolve) => (state.resolve = resolve));
  weakly = new WeakRef(state);
  await promise;
  state.done = true;
}
const storage = new AsyncLocalStorage();
async function inStorage() {
  const { promise, store } = (() => {
    const store = {};
    return { store, promise: pending((resolve) => (store.resolve = resolve)) };
  })();
  storage.run(store, () => setInterval(() => storage.getStore(), 1e8));
  await promise;
}
class Base {}
async function onPrototype() {
  const promise = pending((resolve) => (Base.prototype.settle = resolve));
  await promise;
}
function* steps() {
  let settle;
  const promise = pending((resolve) => (settle = resolve));
  yield promise;
  settle();
}
const iterator = steps();
async function inGenerator() {
  await iterator.next().value;
}
async function racing() {
  let settle;
  const promise = pending((resolve) => (settle = resolve));
  await Promise.race([promise, new Promise((resolve) => setTimeout(resolve, 100_000))]);
  settle();
}
async function settledByHandler() {
  await pending((resolve) => void gate.then(() => resolve()));
}

async function circleA() {
  await circle.b;
}
async function circleB() {
  await circle.a;
}
const circle = {};
circle.b = soon().then(() => circleB());
circle.a = circleA();

kept.push(
  ...[
    mapOfResolvers,
    arrayOfResolvers,
    listener,
    transfer,
    leftThenRight,
    rightThenLeft,
    pooled,
    pooledSecond,
  ].map((run) => run()),
  ...[barrier, timer, timeLimit, forgotten, heldByItsOwnWaiter, inWeakMap, behindWeakRef, inStorage].map(
    (run) => run(),
  ),
  ...[onPrototype, inGenerator, racing, settledByHandler].map((run) => run()),
);
globalThis.keep = { kept, open, weakly, Base, key, byKey };
probeAfter(100);
