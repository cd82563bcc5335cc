'use strict';
// One process with a worker and a forked child; each of the three waits for something of its own.
const { fork } = require('node:child_process');
const { Worker, isMainThread } = require('node:worker_threads');
const { setTimeout: delay } = require('node:timers/promises');

async function waitInMain() {
  await delay(600_000);
}

async function waitInWorker() {
  await delay(600_000);
}

async function waitInChild() {
  await delay(600_000);
}

if (!isMainThread) {
  void waitInWorker();
} else if (process.argv[2] === 'child') {
  void waitInChild();
} else {
  new Worker(__filename);
  fork(__filename, ['child']);
  void waitInMain();
}
