'use strict';
// Waits in so many tasks with so many megabytes of small objects, and knows for how long it stood still.
const [tasks, megabytes] = process.argv.slice(2).map(Number);

const waiting = [];
async function leaf() {
  await new Promise((resolve) => waiting.push(resolve));
}
async function top() {
  await leaf();
}
for (let made = 0; made < tasks / 2; made++) top();

const rows = [];
const until = process.memoryUsage().heapUsed + megabytes * 1e6;
while (megabytes > 0 && process.memoryUsage().heapUsed < until)
  for (let made = 0; made < 1_000; made++)
    rows.push({ id: rows.length, name: `row ${made % 100}`, tags: [made] });

let last = performance.now();
globalThis.longest = 0;
setInterval(() => {
  const now = performance.now();
  globalThis.longest = Math.max(globalThis.longest, now - last - 5);
  last = now;
}, 5);
globalThis.keep = { waiting, rows };
setTimeout(() => process.stdout.write('\u0001ready\n'), 300);
