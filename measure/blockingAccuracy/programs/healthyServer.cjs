// A server with much to do, in small pieces: files, timers, JSON, the thread pool and garbage.
'use strict';
const crypto = require('node:crypto');
const fs = require('node:fs/promises');
const http = require('node:http');
const { setTimeout: wait } = require('node:timers/promises');
const { promisify } = require('node:util');

const ORDERS = Array.from({ length: 300 }, (_, i) => ({ id: i, name: `order ${i}`, price: Math.sin(i) }));

async function answer(request, response) {
  const [text] = await Promise.all([
    fs.readFile(__filename, 'utf8'),
    promisify(crypto.randomBytes)(64),
    wait(Math.random() * 5),
  ]);
  const orders = JSON.parse(JSON.stringify(ORDERS)).filter(({ price }) => price > 0);
  orders.sort((a, b) => a.price - b.price);
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ orders, length: text.length }));
}

const server = http.createServer((request, response) => void answer(request, response));
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify({ port: server.address().port })}\n`);
});
