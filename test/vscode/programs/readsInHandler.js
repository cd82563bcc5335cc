'use strict';
const fs = require('node:fs');
const http = require('node:http');
const { setTimeout: delay } = require('node:timers/promises');
const { existsSync } = fs;

/** A server that does in its handler what it should have done before, and asks itself. */
function serve(_request, response) {
  if (existsSync(__filename)) response.end(readAll());
}

function readAll() {
  return fs.readFileSync(__filename);
}

async function ask(port) {
  for (;;) {
    await (await fetch(`http://127.0.0.1:${port}/`)).text();
    await delay(50);
  }
}

const server = http.createServer(serve);
server.listen(0, '127.0.0.1', () => void ask(server.address().port));
