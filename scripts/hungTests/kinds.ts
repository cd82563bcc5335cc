/** Ten ways in which a test hangs, in the words that all runners share. */
export interface HangingKind {
  name: string;
  /** Of the test; `FAKE` stands for what switches fake timers on. */
  body: string;
  /** It takes `done`, which is never called. */
  takesDone?: boolean;
  /** What stands in the tree of it; `undefined`: the test has begun nothing. */
  awaited?: RegExp;
}

export const PRELUDE = `
async function sendMail() { await new Promise(() => {}); }
async function placeOrder() { await sendMail(); }
class Pool {
  waiters = []; free = 1;
  async acquire() { if (this.free > 0) { this.free--; return; } await new Promise((resolve) => this.waiters.push(resolve)); }
}
class Lock {
  tail = Promise.resolve();
  async take() { const before = this.tail; let release; this.tail = new Promise((resolve) => (release = resolve)); await before; return release; }
}
function background() { return new Promise((resolve) => setTimeout(resolve, 5)); }
`;

export const KINDS: readonly HangingKind[] = [
  { name: 'promise', body: 'await placeOrder();', awaited: /sendMail/ },
  {
    name: 'lost event',
    body: `const queue = new EventEmitter(); queue.emit('drain'); await once(queue, 'drain');`,
    awaited: /once/,
  },
  {
    name: 'pool',
    body: 'const pool = new Pool(); await pool.acquire(); await pool.acquire();',
    awaited: /acquire/,
  },
  {
    name: 'fetch',
    body: `const server = createServer(() => {}).listen(0); await once(server, 'listening'); await fetch('http://127.0.0.1:' + server.address().port + '/cart');`,
    awaited: /GET .*\/cart|fetch/,
  },
  {
    name: 'deadlock',
    body: `const a = new Lock(), b = new Lock();
    const one = async () => { await a.take(); await background(); await b.take(); };
    const two = async () => { await b.take(); await background(); await a.take(); };
    await Promise.all([one(), two()]);`,
    awaited: /take/,
  },
  { name: 'done', body: '', takesDone: true },
  {
    name: 'helper',
    body: 'await background(); await (async function readReply() { await new Promise(() => {}); })();',
    awaited: /readReply/,
  },
  {
    name: 'worker',
    body: `const worker = new Worker('setInterval(() => {}, 1000)', { eval: true }); worker.unref(); await once(worker, 'message');`,
    awaited: /once/,
  },
  {
    name: 'parallel',
    body: 'await Promise.all([background(), background(), placeOrder()]);',
    awaited: /Promise\.all[\s\S]*sendMail|placeOrder/,
  },
  // last: the timers of the tests after it would be fake, too
  {
    name: 'fake timer',
    body: 'FAKE; await new Promise((resolve) => setTimeout(resolve, 60000));',
    awaited: /Fake timers|setTimeout 60,000/,
  },
];
