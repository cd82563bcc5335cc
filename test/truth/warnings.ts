import { processRow, type TruthCase } from './truthCase.js';

/** On a busy machine it takes longer, by the clock; what the machine takes is no block. */
const SPIN = `function spin(ms) {
  for (const before = process.cpuUsage(); ; ) {
    const { user, system } = process.cpuUsage(before);
    if (user + system > ms * 1000) return;
  }
}
`;

/** What blocks the loop is told with its line; what the machine, Node or the program's start takes is not. */
export const WARNINGS: readonly TruthCase[] = [
  warned('loop-in-timer.js', `${SPIN}setTimeout(() => spin(400), 150);`, [
    /^asyncdebug: blocked the event loop for .* in spin \(loop-in-timer\.js:[2-5]\)$/,
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
  for (const before = process.cpuUsage(); process.cpuUsage(before).user < 200_000; );
}
setTimeout(() => check('x'), 100);`,
    [/^asyncdebug: blocked the event loop for .* \(quote-in-regexp\.js:[23]\)$/],
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

function warned(file: string, source: string, told: readonly RegExp[]): TruthCase {
  // a block that takes more than a second is told of while it goes on, too
  const mayTell = told.map(({ source: text }) => new RegExp(text.replace('blocked', 'has blocked')));
  return { file, source, exit: { code: 0 }, told, mayTell };
}
