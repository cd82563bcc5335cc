'use strict';
const { setTimeout: delay } = require('node:timers/promises');
const { Worker, isMainThread } = require('node:worker_threads');

async function readConfig() {
  await delay(3_600_000);
}

async function connect() {
  await readConfig();
}

async function main() {
  await connect();
}

if (isMainThread && process.argv[2] === 'worker') new Worker(__filename);
void main();
