import { processRow, type TruthCase } from './truthCase.js';

/**
 * They stay, until somebody ends them: what keeps them is told, and what does not keep them is not. Each prints `ready` when it
 * has come to rest.
 */
export const STAYING: readonly TruthCase[] = [
  staying(
    'connection.js',
    `const net = require('node:net');
setInterval(() => {}, 200).unref();
const idle = net.createServer().listen(0, '127.0.0.1').unref();
const peer = net.createServer((socket) => socket.unref());
peer.listen(0, '127.0.0.1', () => dial(peer.address().port));
peer.unref();
function dial(port) {
  net.connect(port, '127.0.0.1').on('connect', () => setTimeout(() => console.log('ready'), 200));
}`,
    [/connection\.js:8$/],
    [/unref/],
  ),
  staying(
    'interval.js',
    `setInterval(() => {}, 300);
setTimeout(() => console.log('ready'), 200);`,
    [/setInterval.*interval\.js:1$/],
  ),
  staying(
    'server.js',
    `const server = require('node:http').createServer(() => {});
server.listen(0, '127.0.0.1', () => setTimeout(() => console.log('ready'), 200));`,
    [/server\.js:2$/],
    [],
    // Node 18 does not tell where a server with an address began to listen.
    20,
  ),
  staying(
    'child.js',
    `const { spawn } = require('node:child_process');
const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { env: {}, stdio: ['pipe', 'ignore', 'ignore'] });
child.on('spawn', () => setTimeout(() => console.log('ready'), 200));`,
    [/child\.js:2$/],
  ),
  staying(
    'worker.js',
    `const { Worker } = require('node:worker_threads');
const worker = new Worker('require("node:worker_threads").parentPort.on("message", () => {})', { eval: true });
worker.on('online', () => setTimeout(() => console.log('ready'), 300));`,
    [/worker\.js:2$/],
    [/worker|\[eval\]|message/i],
  ),
  staying(
    'watcher.js',
    `require('node:fs').watch(__dirname, () => {});
setTimeout(() => console.log('ready'), 200);`,
    [/watcher\.js:1$/],
  ),
  staying(
    'datagrams.js',
    `const socket = require('node:dgram').createSocket('udp4');
socket.bind(0, '127.0.0.1', () => setTimeout(() => console.log('ready'), 200));`,
    [/datagrams\.js:[12]$/],
  ),
  staying(
    'port.js',
    `const { MessageChannel } = require('node:worker_threads');
const { port1 } = new MessageChannel();
port1.on('message', () => {});
setTimeout(() => console.log('ready'), 200);`,
    [/port\.js:[23]$/],
    [/message/i],
  ),
];

function staying(
  file: string,
  source: string,
  holders: readonly RegExp[],
  also: readonly RegExp[] = [],
  since = 18,
): TruthCase {
  const rest = [
    processRow(file),
    /^asyncdebug: What kept it running:$/,
    /others? unref'd: they did not keep it$/,
    ...also,
  ];
  return {
    file,
    source,
    since,
    told: holders,
    mayTell: rest,
    tree: holders,
    mayShow: [processRow(file), /setTimeout|Handles|stdout|stderr/, ...also],
  };
}
