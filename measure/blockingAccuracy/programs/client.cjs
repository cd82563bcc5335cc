// Asks a server: as fast as it answers, or so many times a second. Says every second how many answers came.
'use strict';
const http = require('node:http');

const CONNECTIONS = 30;
const TICK_MS = 10;
const [port, rate] = process.argv.slice(2).map(Number);
const agent = new http.Agent({ keepAlive: true, maxSockets: CONNECTIONS });
let open = 0;
let answered = 0;
let failed = 0;

function ask(then) {
  open++;
  const request = http.get({ host: '127.0.0.1', port, agent }, (response) => {
    response.resume().once('end', () => {
      open--;
      answered++;
      then();
    });
  });
  request.once('error', () => {
    open--;
    failed++;
    setTimeout(then, TICK_MS);
  });
}

function again() {
  ask(again);
}

if (rate === 0) for (let i = 0; i < CONNECTIONS; i++) again();
else {
  const beganMs = performance.now();
  let asked = 0;
  setInterval(() => {
    const due = ((performance.now() - beganMs) / 1_000) * rate;
    for (; asked < due; asked++) if (open < CONNECTIONS) ask(() => undefined);
  }, TICK_MS);
}
setInterval(() => {
  process.stdout.write(`${JSON.stringify({ second: { answered, failed } })}\n`);
  answered = 0;
}, 1_000);
