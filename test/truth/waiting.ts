import { processRow, type TruthCase } from './truthCase.js';

const READY = `setTimeout(() => console.log('ready'), 400);
`;

/** They stay, with tasks that wait: each row has its name and the program's own line, and no row is of what is not there. */
export const WAITING: readonly TruthCase[] = [
  waiting(
    'servers.js',
    `const net = require('node:net');
const http = require('node:http');
const dgram = require('node:dgram');
const fs = require('node:fs');
net.createServer().listen(0);
net.createServer().listen(0, '127.0.0.1');
http.createServer().listen(0, 'localhost');
dgram.createSocket('udp4').bind(0, '127.0.0.1');
fs.watch(__dirname, () => {});
fs.watchFile(__filename, () => {});`,
    [5, 6, 7, 8, 9, 10].map((line) => new RegExp(`servers\\.js:${line}$`)),
    [/Handles/],
    // Node 18 does not tell where a server with an address began to listen.
    20,
  ),
  waiting(
    'one-socket.js',
    `const http = require('node:http');
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
const server = http.createServer((request, response) => response.end('ok'));
server.listen(0, '127.0.0.1', async () => {
  const { port } = server.address();
  for (let n = 0; n < 30; n++)
    await new Promise((done) => http.get({ port, host: '127.0.0.1', agent }, (answer) => answer.resume().on('end', done)));
});`,
    [/Handles +[345] handles/, /TCP server/],
    [/TCP connection/],
  ),
  waiting(
    'lazy.js',
    `class Query {
  then(done, failed) { return this.run().then(done, failed); }
  async run() { await this.acquire(); }
  acquire() { return new Promise((resolve) => setTimeout(resolve, 60_000)); }
}
async function load() {
  return await new Query();
}
load();`,
    [/^ +load\b.*lazy\.js:7$/, /setTimeout 60,000 ms.*lazy\.js:4$/],
    [/run\b.*lazy\.js:3$/, /acquire|then|promise|new Promise|Query/i],
  ),
  waiting(
    'children.js',
    `const { Worker } = require('node:worker_threads');
const { spawn } = require('node:child_process');
async function useWorker() {
  const worker = new Worker('setInterval(() => {}, 1000)', { eval: true });
  await new Promise((resolve) => worker.once('exit', resolve));
}
async function useChild() {
  const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { env: {}, stdio: ['pipe', 'ignore', 'ignore'] });
  await new Promise((resolve) => child.once('exit', resolve));
}
useWorker();
useChild();`,
    [/^ +useWorker\b.*children\.js:5$/, /^ +useChild\b.*children\.js:9$/],
    [/worker|child|new Promise|resolve|message|setInterval|pipe/i],
  ),
  waiting(
    'missed-event.js',
    `const { EventEmitter, once } = require('node:events');
const db = new EventEmitter();
async function main() {
  setTimeout(() => db.emit('ready'), 20);
  await new Promise((resolve) => setTimeout(resolve, 100));
  await once(db, 'ready');
}
setInterval(() => {}, 1000);
main();`,
    [/^ +main\b.*missed-event\.js:6$/],
    [/once|setInterval.*:8$|new Promise|resolve/],
  ),
  waiting(
    'collected.js',
    `async function sendMail() {
  await new Promise(() => {});
}
async function placeOrder() {
  await sendMail();
}
async function main() {
  await placeOrder();
}
main();
setInterval(() => { for (let n = 0; n < 20; n++) new Array(1e5).fill(n); }, 20);`,
    [/^ +main\b.*collected\.js:8$/, /^ +placeOrder\b.*collected\.js:5$/, /^ +sendMail\b.*collected\.js:2$/],
    [/setInterval.*collected\.js:11$|new Promise|resolve|never go on|Stuck/],
  ),
];

function waiting(
  file: string,
  source: string,
  tree: readonly RegExp[],
  mayShow: readonly RegExp[] = [],
  since = 18,
): TruthCase {
  const rest = [
    processRow(file),
    /stdout|stderr|Handles|Signal/,
    new RegExp(`^ .*setTimeout 400 ms`),
    ...mayShow,
  ];
  return { file, source: `${source}\n${READY}`, since, tree, mayShow: rest };
}
