import type { TruthCase } from './truthCase.js';

/** They come to their end with nothing pending: there is nothing to say. */
export const ENDED: readonly TruthCase[] = [
  healthy(
    'timer.js',
    `async function readSettings() {
  await new Promise((resolve) => setTimeout(resolve, 120));
  return { port: 1 };
}
async function main() {
  await readSettings();
  console.log('read');
}
main();`,
  ),
  healthy(
    'two-timers.js',
    `async function wait(ms) { await new Promise((resolve) => setTimeout(resolve, ms)); }
async function main() { await wait(100); await wait(40); console.log('end'); }
main();`,
  ),
  healthy(
    'timer-loop.js',
    `const { setTimeout: sleep } = require('node:timers/promises');
(async () => { for (let n = 0; n < 6; n++) await sleep(40); console.log('done'); })();`,
  ),
  healthy(
    'top-level.mjs',
    `import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
const text = await readFile(new URL(import.meta.url), 'utf8');
await sleep(50);
console.log(text.length > 10);`,
  ),
  healthy('nothing.js', ``),
  healthy('synchronous.js', `console.log([3, 1, 2].sort().join());`),
  healthy(
    'files.js',
    `const { readFile, stat } = require('node:fs/promises');
async function size(file) { return (await stat(file)).size; }
async function main() {
  const texts = await Promise.all([readFile(__filename, 'utf8'), readFile(__filename, 'utf8')]);
  if ((await size(__filename)) < texts[0].length) throw new Error('smaller');
}
main();`,
  ),
  healthy(
    'server.js',
    `const http = require('node:http');
async function main() {
  const server = http.createServer((request, response) => response.end('hello'));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => http.get({ port, host: '127.0.0.1', agent: false }, (answer) => answer.resume().on('end', resolve)));
  await new Promise((resolve) => server.close(resolve));
}
main();`,
  ),
  healthy(
    'child.js',
    `const { execFile } = require('node:child_process');
const { promisify } = require('node:util');
async function main() { await promisify(execFile)(process.execPath, ['-e', '0'], { env: {} }); }
main();`,
  ),
  healthy(
    'worker.js',
    `const { Worker } = require('node:worker_threads');
const { once } = require('node:events');
async function main() {
  const worker = new Worker('require("node:worker_threads").parentPort.postMessage(1)', { eval: true });
  await once(worker, 'message');
  await once(worker, 'exit');
}
main();`,
  ),
  healthy(
    'pipeline.js',
    `const { pipeline } = require('node:stream/promises');
const { createReadStream } = require('node:fs');
const { Writable } = require('node:stream');
pipeline(createReadStream(__filename), new Writable({ write(chunk, encoding, done) { setImmediate(done); } }));`,
  ),
  healthy(
    'event.js',
    `const { EventEmitter, once } = require('node:events');
const bus = new EventEmitter();
async function listen() { await once(bus, 'go'); }
listen();
setTimeout(() => bus.emit('go'), 60);`,
  ),
  healthy(
    'async-resource.js',
    `const { AsyncLocalStorage, AsyncResource } = require('node:async_hooks');
const storage = new AsyncLocalStorage();
const resource = new AsyncResource('Job');
setTimeout(() => {
  resource.runInAsyncScope(() => storage.run(1, () => {}));
  resource.emitDestroy();
}, 50);`,
  ),
  healthy(
    'race-won.js',
    `async function main() {
  let timer;
  const late = new Promise((resolve) => { timer = setTimeout(resolve, 5000); });
  await Promise.race([late, new Promise((resolve) => setTimeout(resolve, 50))]);
  clearTimeout(timer);
}
main();`,
  ),
  healthy(
    'generator.js',
    `async function* numbers() { for (let n = 0; n < 3; n++) { await null; yield n; } }
async function main() { for await (const n of numbers()) if (n > 1) break; }
main();`,
  ),
  healthy(
    'immediates.js',
    `let left = 50;
async function step() { await new Promise(setImmediate); if (--left > 0) await step(); }
step();`,
  ),
  healthy(
    'passing.test.js',
    `const { test, describe, it } = require('node:test');
test('adds', async () => { await new Promise((resolve) => setTimeout(resolve, 20)); });
describe('numbers', () => { it('are', async () => {}); });`,
    { mayTell: [/^(TAP|#|ok| |✔|▶|ℹ|1\.\.)/u] },
  ),
  healthy(
    'queue-that-empties.js',
    `const jobs = [30, 20, 10, 5, 1];
async function worker() { for (let ms = jobs.pop(); ms !== undefined; ms = jobs.pop()) await new Promise((r) => setTimeout(r, ms)); }
Promise.all([worker(), worker()]).then(() => console.log('empty'));`,
  ),
  healthy(
    'aborted.js',
    `const { setTimeout: sleep } = require('node:timers/promises');
const stop = new AbortController();
async function main() { await sleep(10_000, null, { signal: stop.signal }).catch(() => {}); }
main();
setTimeout(() => stop.abort(), 50);`,
  ),
  healthy(
    'lines.js',
    `const readline = require('node:readline');
const { createReadStream } = require('node:fs');
async function main() {
  let count = 0;
  for await (const line of readline.createInterface({ input: createReadStream(__filename) })) count += line.length;
  console.log(count > 0);
}
main();`,
  ),
  healthy('code.js', `setTimeout(() => { process.exitCode = 4; }, 60);`, { exit: { code: 4 } }),
  healthy(
    'mutex-that-is-let-go.js',
    `let last = Promise.resolve();
function locked(run) { const mine = last.then(run); last = mine.catch(() => {}); return mine; }
async function main() {
  await Promise.all([1, 2, 3].map((n) => locked(() => new Promise((r) => setTimeout(r, 10 * n)))));
}
main();`,
  ),
  healthy(
    'unreferenced-interval.js',
    `setInterval(() => {}, 10).unref();
async function main() { await new Promise((resolve) => setTimeout(resolve, 70)); }
main();`,
  ),
  {
    file: 'exit-in-task.js',
    source: `async function main() {
  await new Promise((resolve) => setTimeout(resolve, 80));
  console.log('finalUpdate');
  process.exit(0);
}
main();`,
    exit: { code: 0 },
    told: [],
    mayTell: [/process\.exit.*exit-in-task\.js:4/],
  },
  {
    file: 'throws.js',
    source: `setTimeout(() => { throw new Error('boom'); }, 50);`,
    exit: { code: 1 },
    told: [],
    mayTell: [/.*throws\.js:1$/, /^setTimeout\(|^\s*\^|^$|boom|^ {4}at |^Node\.js v/],
  },
];

function healthy(file: string, source: string, more: Partial<TruthCase> = {}): TruthCase {
  return { file, source, exit: { code: 0 }, told: [], ...more };
}
