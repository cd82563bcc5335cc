import { processRow, type TruthCase } from './truthCase.js';

/** A collection may have come before the end: what nothing refers to is lost then. */
const STILL_WAITED =
  /^asyncdebug: (At its end the program still waited for|It has lost what these wait for, so they could never go on):$/;

/** They end since nothing keeps them running, while tasks still wait: each is told with its line, and nothing else is. */
export const STUCK: readonly TruthCase[] = [
  stuck(
    'short.js',
    `const { setTimeout: sleep } = require('node:timers/promises');
async function load() { await sleep(50); await new Promise(() => {}); }
load();`,
    [/^ +load\b.*short\.js:2$/, /new Promise|resolve/],
  ),
  stuck(
    'at-once.js',
    `async function forgotten() {
  await new Promise(() => {});
}
forgotten();`,
    [/^ +forgotten\b.*at-once\.js:2$/],
    [/new Promise|resolve/],
  ),
  stuck(
    'chain.js',
    `async function sendMail() {
  await new Promise(() => {});
}
async function placeOrder() {
  await sendMail();
}
async function main() {
  await new Promise((resolve) => setTimeout(resolve, 100));
  await placeOrder();
}
main();`,
    [/^ +main\b.*chain\.js:9$/, /^ +placeOrder\b.*chain\.js:5$/, /^ +sendMail\b.*chain\.js:2$/],
    [/new Promise|resolve/],
  ),
  stuck(
    'lost-event.js',
    `const { EventEmitter, once } = require('node:events');
const db = new EventEmitter();
db.emit('ready');
async function connect() {
  await once(db, 'ready');
}
setTimeout(connect, 60);`,
    [/^ +connect\b.*lost-event\.js:5$/],
    [/once|new Promise|resolve/],
  ),
  stuck(
    'each-other.js',
    `let second;
async function first() {
  await new Promise((resolve) => setTimeout(resolve, 30));
  await second;
}
const one = first();
async function other() {
  await one;
}
second = other();`,
    [
      /^ +(first|other)\b.*each-other\.js:(4|8)$/,
      /^asyncdebug: first and other wait for each other and can never go on, at first \(each-other\.js:4\)$/,
    ],
    [/^ +(first|other)\b/],
  ),
  stuck(
    'never-called-back.js',
    `function query(text, done) { if (text === '') done(); }
async function main() {
  await new Promise((resolve) => setTimeout(resolve, 40));
  await new Promise((resolve) => query('select', resolve));
}
main();`,
    [/^ +main\b.*never-called-back\.js:4$/],
    [/new Promise|resolve/],
  ),
  stuck(
    'one-of-three.js',
    `async function part(n) {
  if (n === 2) await new Promise(() => {});
  await null;
}
async function main() {
  await Promise.all([part(1), part(2), part(3)]);
}
main();`,
    [/^ +main\b.*one-of-three\.js:6$/, /^ +part\b.*one-of-three\.js:2$/],
    [/Promise\.all|new Promise|resolve/],
  ),
  stuck(
    'top-level.mjs',
    `const started = Date.now();
await new Promise((resolve) => setTimeout(resolve, 50));
await new Promise(() => {});
console.log(started);`,
    [/top-level\.mjs:3$/],
    [/new Promise|resolve|^Warning: Detected unsettled|top-level\.mjs|^await new|^\s*\^|^$/],
    13,
  ),
  stuck(
    'race-of-nothing.js',
    `async function main() {
  await Promise.race([]);
}
main();`,
    [/^ +main\b.*race-of-nothing\.js:2$/],
    [/Promise\.race/],
  ),
  stuck(
    'lock-taken-twice.js',
    `const waiting = [];
let isTaken = false;
async function acquire() {
  if (isTaken) await new Promise((resolve) => waiting.push(resolve));
  isTaken = true;
}
async function readBalance() {
  await acquire();
}
async function transfer() {
  await acquire();
  await readBalance();
}
transfer();`,
    [/^ +transfer\b.*lock-taken-twice\.js:12$/, /^ +readBalance\b.*:8$/, /^ +acquire\b.*:4$/],
    [/new Promise|resolve/],
  ),
  stuck(
    'unreferenced-timer.js',
    `async function main() {
  await new Promise((resolve) => setTimeout(resolve, 60_000).unref());
}
main();`,
    [/^ +main\b.*unreferenced-timer\.js:2$/],
    [/setTimeout|new Promise|resolve/],
  ),
  stuck(
    'generator.js',
    `async function* rows() {
  yield 1;
  await new Promise(() => {});
}
async function main() {
  for await (const row of rows()) void row;
}
main();`,
    [/^ +main\b.*generator\.js:6$/],
    [/rows|next|new Promise|resolve/],
  ),
  {
    file: 'exit-with-work.js',
    source: `async function save() {
  await new Promise((resolve) => setTimeout(resolve, 60_000));
}
save();
setTimeout(() => {
  process.exit(0);
}, 100);`,
    exit: { code: 0 },
    told: [/^ +save\b.*exit-with-work\.js:2$/],
    mayTell: [
      STILL_WAITED,
      processRow('exit-with-work.js'),
      /setTimeout|new Promise/,
      /process\.exit.*exit-with-work\.js:6/,
      /^asyncdebug: .*kept.*:$/,
    ],
  },
];

function stuck(
  file: string,
  source: string,
  told: readonly RegExp[],
  mayTell: readonly RegExp[] = [],
  code = 0,
): TruthCase {
  const rest = [processRow(file), ...mayTell];
  return { file, source, exit: { code }, told: [STILL_WAITED, ...told], mayTell: rest };
}
