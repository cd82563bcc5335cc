import { WebSocket } from 'ws';
import { request, requests, together } from './requests.mjs';

/**
 * Where a program runs.
 *
 * @typedef {object} Place
 * @property {string} folder  its working folder: packages in node_modules, small programs in programs
 * @property {number} port    the port that it was given, or that it has built in
 * @property {string} url     of the server there
 * @property {string} [service] address of the service that it asked for
 */

/**
 * A program that knows nothing of us, and what is done with it.
 *
 * @typedef {object} Program
 * @property {string} name
 * @property {string} [package] whose version is told
 * @property {string} what      the program, for the table
 * @property {string} checks    what is compared beside output and end, for the table
 * @property {(place: Place) => string[]} args  the file to run and its arguments
 * @property {string[]} [build] arguments of a Node command that has to run before
 * @property {'postgres' | 'redis'} [service]
 * @property {string} [serviceVariable] the environment variable that takes the service's address
 * @property {number} [port]    a port that is written into the program
 * @property {(place: Place) => Promise<unknown>} [talk] what its clients do: it is a server, ended by `signal`
 * @property {NodeJS.Signals} [signal]
 * @property {boolean} [inAnyOrder] its lines come in an order of their own each time
 * @property {string} [input]   what it reads from its standard input
 */

const own = (file) => () => [`programs/${file}`];
const shipped = (path) => () => [`node_modules/${path}`];

/** @type {Program[]} */
export const PROGRAMS = [
  {
    name: 'express',
    package: 'express',
    what: 'hello server with an asynchronous and a failing route',
    checks: '4 requests, 20 at once, SIGTERM',
    args: own('express.cjs'),
    talk: async ({ url }) => [
      await requests(url, ['/', '/later/you', '/missing', '/fails']),
      await together(`${url}/later/all`, 20),
    ],
    signal: 'SIGTERM',
  },
  {
    name: 'fastify',
    package: 'fastify',
    what: 'its example `simple.mjs`, with logging',
    checks: '2 requests, SIGINT',
    args: shipped('fastify/examples/simple.mjs'),
    port: 3000,
    talk: ({ url }) => requests(url, ['/', '/missing']),
    signal: 'SIGINT',
  },
  {
    name: 'fastify hooks',
    package: 'fastify',
    what: 'its example `hooks.js`',
    checks: '3 requests, SIGTERM',
    args: shipped('fastify/examples/hooks.js'),
    inAnyOrder: true,
    port: 3000,
    talk: ({ url }) => requests(url, ['/', ['/', json('{"hello":"x"}')], ['/', json('{}')]]),
    signal: 'SIGTERM',
  },
  {
    name: 'fastify tests',
    package: 'fastify',
    what: 'its own test of hooks and AsyncLocalStorage, `als.test.js`, under node:test',
    checks: '',
    args: shipped('fastify/test/als.test.js'),
  },
  {
    name: 'koa',
    package: 'koa',
    what: 'hello server with a logging middleware',
    checks: '2 requests, SIGTERM',
    args: own('koa.cjs'),
    talk: ({ url }) => requests(url, ['/', '/fails']),
    signal: 'SIGTERM',
  },
  {
    name: 'nest',
    package: '@nestjs/core',
    what: 'NestJS hello in TypeScript, compiled by tsc, with shutdown hooks',
    checks: '3 requests, SIGTERM',
    build: ['node_modules/typescript/bin/tsc', '-p', 'programs/nest'],
    args: own('nest/dist/main.js'),
    talk: ({ url }) => requests(url, ['/', '/cats/1', '/cats/2']),
    signal: 'SIGTERM',
  },
  {
    name: 'ws',
    package: 'ws',
    what: 'WebSocket echo server',
    checks: '2 clients with 3 messages each, SIGINT',
    args: own('ws.cjs'),
    talk: async ({ port }) => [await echoes(port), await echoes(port)],
    signal: 'SIGINT',
  },
  {
    name: 'undici',
    package: 'undici',
    what: '`request`, `fetch` and the built-in `fetch` against a server of its own, aborted and refused calls',
    checks: '',
    args: own('undici.mjs'),
  },
  {
    name: 'pg',
    package: 'pg',
    what: 'client, pool of 4 with 40 queries, a failing query, LISTEN and NOTIFY',
    checks: 'against a real PostgreSQL',
    args: own('pg.mjs'),
    service: 'postgres',
    serviceVariable: 'DATABASE_URL',
  },
  {
    name: 'ioredis',
    package: 'ioredis',
    what: 'commands, pipeline, publish and subscribe, blocking pop',
    checks: 'against a real Redis',
    args: own('ioredis.cjs'),
    service: 'redis',
    serviceVariable: 'REDIS_URL',
  },
  {
    name: 'bullmq',
    package: 'bullmq',
    what: 'queue, worker and events with a delayed and a failing job',
    checks: 'against a real Redis',
    args: own('bullmq.mjs'),
    service: 'redis',
    serviceVariable: 'REDIS_URL',
  },
  {
    name: 'vite',
    package: 'vite',
    what: 'dev server of a TypeScript page',
    checks: 'page, client and 2 transformed modules, SIGTERM',
    args: ({ port }) => [
      ...['node_modules/vite/bin/vite.js', 'programs/vite', '--strictPort'],
      ...['--host', '127.0.0.1', '--port', String(port)],
    ],
    talk: async ({ url }) => {
      const pages = await requests(url, ['/', '/main.ts', '/counter.ts']);
      const { status } = await request(`${url}/@vite/client`);
      return [...pages, status];
    },
    signal: 'SIGTERM',
  },
  {
    name: 'vite build',
    package: 'vite',
    what: 'production build of the same page',
    checks: '',
    args: () => ['node_modules/vite/bin/vite.js', 'build', 'programs/vite'],
  },
  {
    name: 'mocha',
    package: 'mocha',
    what: "the package flat's own tests, which start processes",
    checks: '',
    args: () => ['node_modules/mocha/bin/mocha.js', '--ui', 'tdd', 'node_modules/flat/test/test.js'],
  },
  {
    name: 'vitest',
    package: 'vitest',
    what: 'a small suite in TypeScript with fake timers and one failing test',
    checks: '',
    args: () => ['node_modules/vitest/vitest.mjs', 'run', '--root', 'programs/vitest'],
  },
  {
    name: 'tsx',
    package: 'tsx',
    what: 'a TypeScript program that ends with an unhandled rejection',
    checks: '',
    args: () => ['node_modules/tsx/dist/cli.mjs', 'programs/typescript.ts'],
  },
  {
    name: 'tsc',
    package: 'typescript',
    what: 'compiles the NestJS program',
    checks: '',
    args: () => ['node_modules/typescript/bin/tsc', '-p', 'programs/nest', '--listFiles'],
  },
  {
    name: 'why-is-node-running',
    package: 'why-is-node-running',
    what: 'two servers and a timer, and what it lists by async_hooks as keeping the program running',
    checks: '',
    args: own('whyIsNodeRunning.cjs'),
  },
  {
    name: 'avvio',
    package: 'avvio',
    what: 'its example: plugins that load one after the other',
    checks: '',
    args: shipped('avvio/examples/example.js'),
  },
  {
    name: 'pino',
    package: 'pino',
    what: 'its example `basic.js`',
    checks: '',
    args: shipped('pino/examples/basic.js'),
  },
  {
    name: 'top-level await',
    what: 'ESM program with dynamic import and async generators',
    checks: '',
    args: own('topLevelAwait.mjs'),
  },
  {
    name: 'unsettled await',
    what: 'ESM program whose top-level await never settles',
    checks: '',
    args: own('unsettledAwait.mjs'),
  },
  {
    name: 'rejections',
    what: 'rejections handled late and not at all',
    checks: '',
    args: own('unhandledRejection.cjs'),
  },
  {
    name: 'stdin',
    what: 'reads lines from its standard input, and ends with their number',
    checks: '',
    args: own('stdin.cjs'),
    input: 'one\ntwo\nthree\n',
  },
  {
    name: 'child processes',
    what: 'fork, spawn, exec, execFile, spawnSync and a killed child',
    checks: '',
    args: own('childProcess.cjs'),
  },
  {
    name: 'cluster',
    what: 'HTTP server on two workers, one of which exits',
    checks: '2 requests, SIGTERM to the primary',
    args: own('cluster.cjs'),
    inAnyOrder: true,
    talk: ({ url }) => requests(url, ['/', '/dies']),
    signal: 'SIGTERM',
  },
  {
    name: 'worker threads',
    what: 'workers that answer, throw, exit and are terminated',
    checks: '',
    args: own('workerThreads.cjs'),
  },
];

function json(body) {
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body };
}

/** What a client of the echo server is told in answer to three messages. */
function echoes(port) {
  return new Promise((resolve, reject) => {
    const heard = [];
    const socket = new WebSocket(`ws://127.0.0.1:${port}`);
    socket.once('error', reject);
    socket.on('open', () => ['a', 'b', 'c'].forEach((each) => socket.send(each)));
    socket.on('message', (data) => {
      if (heard.push(data.toString()) === 4) socket.close(1000);
    });
    socket.on('close', (code) => resolve([...heard, code]));
  });
}
