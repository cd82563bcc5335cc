import { processRow, type TruthCase } from './truthCase.js';

/** On a busy machine it takes longer, by the clock; what the machine takes is no block. */
const SPIN = `function spin(ms) {
  for (let n = 0, end = usedMs() + ms; n % 1e6 !== 0 || usedMs() < end; n++);
}
function usedMs() { const { user, system } = process.cpuUsage(); return (user + system) / 1000; }
`;

/** What blocks the loop is told with its line; what the machine, Node or the program's start takes is not. */
export const WARNINGS: readonly TruthCase[] = [
  warned('loop-in-timer.js', `${SPIN}setTimeout(() => spin(400), 150);`, [
    /^asyncdebug: (has )?blocked the event loop for .* in spin \(loop-in-timer\.js:2\)$/,
  ]),
  warned('idle.js', `setTimeout(() => {}, 500);`, []),
  warned(
    'idle-interval.js',
    `let left = 20;
const timer = setInterval(() => { if (--left === 0) clearInterval(timer); }, 25);`,
    [],
  ),
  warned(
    'quote-in-regexp.js',
    `function check(line) {
  if (/"/.test(line)) throw new Error("JSON.parse(line) expected");
  for (let n = 0, end = usedMs() + 300; n % 1e6 !== 0 || usedMs() < end; n++);
}
function usedMs() { const { user, system } = process.cpuUsage(); return (user + system) / 1000; }
setTimeout(() => check('x'), 100);`,
    [/^asyncdebug: (has )?blocked the event loop for .* \(quote-in-regexp\.js:[23]\)$/],
  ),
  warned(
    'first-fetch.js',
    `const server = require('node:http').createServer((request, response) => response.end('ok'));
server.listen(0, '127.0.0.1', async () => {
  const answer = await fetch(\`http://127.0.0.1:\${server.address().port}\`);
  await answer.text();
  server.close();
  server.closeAllConnections();
});`,
    [],
  ),
  warned(
    'many-short.js',
    `let left = 200;
function step() { for (let n = 0; n < 1e4; n++) Math.sqrt(n); if (--left > 0) setImmediate(step); }
step();`,
    [],
  ),
  {
    file: 'endless.js',
    source: `setTimeout(() => {
  const rested = Date.now() + 500;
  for (let isReady = false; ; ) if (!isReady && Date.now() > rested) isReady = console.log('ready') ?? true;
}, 100);`,
    told: [],
    mayTell: [
      /blocking.*endless\.js:3|blocked.*endless\.js:3/,
      processRow('endless.js'),
      /setTimeout.*endless\.js:1/,
    ],
    tree: [/endless\.js:3/],
    mayShow: [processRow('endless.js'), /setTimeout.*endless\.js:1/, /Handles|stdout|stderr/],
  },
];

/** A block that takes more than a second is told of while it goes on. */
function warned(file: string, source: string, told: readonly RegExp[]): TruthCase {
  return { file, source, exit: { code: 0 }, told };
}
