// Where in a program the block happens: each calls `body` once, from a callback of that sort.
'use strict';
const { EventEmitter, once } = require('node:events');
const fs = require('node:fs');
const http = require('node:http');
const { setTimeout: wait } = require('node:timers/promises');

const SOON_MS = 5;
const emitter = new EventEmitter();
let server;

exports.timer = (body) => void setTimeout(() => body(), SOON_MS);

exports['promise reaction'] = (body) => void fs.promises.stat(__filename).then(() => body());

exports['await resumption'] = async (body) => {
  await wait(SOON_MS);
  body();
};

exports.nextTick = (body) => void setTimeout(() => process.nextTick(() => body()), SOON_MS);

exports.immediate = (body) => void setImmediate(() => body());

exports['stream data'] = (body) => void fs.createReadStream(__filename).on('data', () => body());

exports['HTTP handler'] = async (body) => {
  server ??= await listening();
  server.once('request', (request, response) => {
    response.end('done');
    body();
  });
  http.get({ port: server.address().port, host: '127.0.0.1', agent: false }, (response) => response.resume());
};

exports.emitter = (body) => {
  emitter.once('work', () => body());
  setTimeout(() => emitter.emit('work'), SOON_MS);
};

async function listening() {
  const created = http.createServer().listen(0, '127.0.0.1');
  await once(created, 'listening');
  return created;
}
