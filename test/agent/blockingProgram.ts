/**
 * A program that blocks the event loop in one way after the other, each once, and then prints what it did: a list
 * of `[kind, milliseconds, longest]`. What it can measure is a part of the callback that blocks, so it also tells how
 * long that callback can have taken: from the callback before to the one after. The line that must be found ends in
 * a comment with its kind.
 */
export const BLOCKING_PROGRAM = `
const { execSync } = require('node:child_process');
const crypto = require('node:crypto');
const fs = require('node:fs');
const http = require('node:http');
const path = require('node:path');
const zlib = require('node:zlib');

const isFast = Number.parseInt(process.versions.node, 10) >= 24;
// numbers leave next to nothing to collect: that would fall into another kind's time
const text = '[' + '1234,'.repeat(isFast ? 10e6 : 8e6) + '0]';
const bytes = crypto.randomBytes(12e6);
const numbers = Array.from({ length: isFast ? 200000 : 160000 }, () => Math.random());
const objects = Array.from({ length: 200000 }, (_, i) => ({ i }));
const file = path.join(__dirname, 'large.txt');
fs.writeFileSync(file, Buffer.alloc(isFast ? 120e6 : 40e6, 'é'));
const files = new Array(30000).fill(__filename);
const slow = path.join(__dirname, 'node_modules', 'slow');
fs.mkdirSync(slow, { recursive: true });
fs.writeFileSync(path.join(slow, 'index.js'), 'for (const isOn = during(300); isOn(); );');

// Others may have the processor meanwhile: it takes some time of its own, too.
global.during = (ms) => {
  const from = Date.now();
  const cpu = process.cpuUsage();
  return () => Date.now() - from < ms || process.cpuUsage(cpu).user < ms * 500;
};
function work(ms) {
  for (const isOn = during(ms); isOn(); ) for (let i = 0; i < 1e6; i++); // javascript, http, await
}

const kinds = {
  javascript: () => work(300),
  async await() {
    await null;
    await new Promise((resolve) => setTimeout(resolve, 10));
    began();
    work(300);
  },
  execSync: () => {
    execSync('sleep 0.3'); // execSync
  },
  pbkdf2Sync: () => {
    crypto.pbkdf2Sync('a', 'b', 500000, 64, 'sha512'); // pbkdf2Sync
  },
  gzipSync: () => {
    zlib.gzipSync(bytes); // gzipSync
  },
  readFileSync: () => {
    const content = fs.readFileSync(file, 'utf8'); // readFileSync
    return content.length;
  },
  manyFiles: () => {
    let size = 0;
    for (const each of files) {
      size += fs.readFileSync(each).length; // manyFiles
    }
    return size;
  },
  parse: () => {
    const parsed = JSON.parse(text); // parse
    return parsed.length;
  },
  last: () => {
    setTimeout(began, 10);
    setTimeout(() => JSON.parse(text), 10); // last
    setTimeout(done, 10);
  },
  sort: () => {
    numbers.sort(); // sort
  },
  regexp: () => {
    /^(a+)+$/.test('a'.repeat(24) + '!'); // regexp
  },
  wait: () => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300); // wait
  },
  gc: () => {
    for (const isOn = during(300); isOn(); ) gc(); // gc
    objects.length--;
  },
  microtasks: async () => {
    for (const isOn = during(300); isOn(); ) await null;
  },
  ticks: () => {
    const isOn = during(300);
    (function next() {
      if (isOn()) process.nextTick(next);
      else done();
    })();
  },
  require: () => {
    require('slow'); // require
  },
  http: () => {
    const server = http.createServer((request, response) => {
      began();
      work(300);
      response.end();
      done();
    });
    server.listen(0, '127.0.0.1', () => {
      http.get({ host: '127.0.0.1', port: server.address().port, path: '/slow', agent: false }, (response) => {
        response.resume();
        response.on('end', () => server.close());
      });
    });
  },
};

const told = [];
const others = process.argv.slice(2);
let setMs = 0;
let fromMs = 0;
let current = '';
function began() {
  fromMs = performance.now();
}
function done() {
  const ms = performance.now() - fromMs;
  setImmediate(() => told.push([current, ms, performance.now() - setMs]));
  setTimeout(next, 250);
}
function next() {
  current = others.shift();
  if (current === undefined) {
    console.log(JSON.stringify(told));
    return;
  }
  // a timer of its own, so that the callback is nothing but the block
  setMs = performance.now();
  setTimeout(run, 10);
}
function run() {
  began();
  const isDone = kinds[current]();
  if (['last', 'ticks', 'http'].includes(current)) return;
  if (isDone instanceof Promise) isDone.then(done);
  else done();
}
setTimeout(next, 400);
`;

/** Number of the line that ends in a comment with this kind. */
export function lineOf(kind: string): number {
  const isMarked = (line: string): boolean =>
    (/ \/\/ ([\w, ]+)$/.exec(line)?.[1] ?? '').split(', ').includes(kind);
  return BLOCKING_PROGRAM.split('\n').findIndex(isMarked) + 1;
}
