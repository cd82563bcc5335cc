import type { ProgramFiles } from '../support/runProgram.js';

/** What a program has found out about itself. */
export interface Found {
  /** Calls that were counted in each step: `2 fs.readFileSync in serve, main.js`. */
  steps: Record<string, string[]>;
  /** What must be true. */
  facts: Record<string, boolean>;
}

/** Asks the agent that is loaded with the program, as a host does. */
const ASK = `
  const agent = globalThis[Symbol.for('nodejs.asyncDebugger.agent')];
  const scripts = [], sites = [], found = { steps: {}, facts: {} };
  const settings = (on, siteBudget = 1) => ({ thresholdMs: 100, siteBudget, syncCalls: on });
  agent.connect(settings(process.env.ON === '1'));
  function step(name) {
    const calls = [];
    for (let more = true; more;) {
      const poll = JSON.parse(agent.poll());
      more = poll.more;
      scripts.push(...poll.scripts);
      sites.push(...poll.sites);
      for (const { call, site, count, totalUs, worstUs } of poll.syncCalls ?? []) {
        const { script, function: fn } = sites[site];
        const where = site === 0 ? '' : ' in ' + fn + ', ' + scripts[script].split(/[\\\\/]/).pop();
        calls.push(count + ' ' + call + where);
        if (!(worstUs > 0 && totalUs >= worstUs && worstUs * count >= totalUs)) calls.push('wrong times');
      }
    }
    return (found.steps[name] = calls.sort());
  }
  const turn = () => new Promise((resolve) => setTimeout(resolve, 1));
  const get = (server) => new Promise((resolve, reject) => {
    const { port } = server.address();
    require('node:http').get({ port, host: '127.0.0.1', agent: false }, (answer) => {
      answer.resume().on('end', resolve);
    }).on('error', reject);
  });
  const done = () => { console.log(JSON.stringify(found)); process.exit(); };
  module.exports = { agent, settings, step, turn, get, done, found };`;

const SERVER = `
  const fs = require('node:fs');
  const http = require('node:http');
  const { readFileSync } = fs;
  const { step, turn, get, done } = require('./ask.js');
  function serve(request, response) {
    if (fs.existsSync(__filename)) fs.readFileSync(__filename);
    readFileSync(__filename);
    response.end();
  }
  fs.readFileSync(__filename);
  const server = http.createServer(serve).listen(0, '127.0.0.1', async () => {
    fs.readFileSync(__filename);
    step('start-up');
    fs.readFileSync(__filename);
    await get(server);
    await get(server);
    step('requests');
    await turn();
    (function others() {
      require('node:child_process').execFileSync(process.execPath, ['--version']);
      require('node:crypto').pbkdf2Sync('', '', 1, 8, 'sha256');
      require('node:zlib').deflateSync('');
      try { fs.readdirSync('/no such folder'); } catch {}
      [__filename].forEach(fs.statSync);
    })();
    step('other functions');
    (function inPackage() { require('./node_modules/reads/index.js').read(); })();
    step('in a package');
    done();
  });`;

const LAZY = `
  const fs = require('node:fs');
  const { step, turn, done } = require('./ask.js');
  const server = require('node:net').createServer().listen(0, '127.0.0.1', async () => {
    step('start-up');
    await turn();
    require('./module.js');
    require.resolve('./main.js');
    await import('./module.mjs');
    step('modules');
    (function after() { require('./module.js').read(); })();
    step('their functions');
    done();
  });`;
const READS = `function read() { return require('node:fs').readFileSync(__filename); }`;

const TOGGLED = `
  import { createRequire, syncBuiltinESMExports } from 'node:module';
  import { readFileSync } from 'node:fs';
  const require = createRequire(import.meta.url);
  const fs = require('node:fs');
  const before = Object.getOwnPropertyDescriptors(fs);
  const same = (name) => Object.is(Object.getOwnPropertyDescriptor(fs, name).value, before[name].value);
  const all = () => Object.keys(before).filter((name) => before[name].value !== undefined).every(same);
  const { agent, settings, step, turn, done, found } = require('./ask.js');
  const { facts } = found;
  const file = new URL(import.meta.url);
  const original = readFileSync;
  facts['is what it was while it is off'] = all();
  require('node:net').createServer().listen(0, '127.0.0.1', async () => {
    agent.configure(settings(true));
    step('start-up');
    await turn();
    const replaced = fs.readFileSync;
    facts['is replaced while it is on'] = replaced !== original && readFileSync === replaced;
    facts['keeps name, length and properties'] =
      replaced.name === 'readFileSync' && replaced.length === original.length &&
      fs.realpathSync.native === before.realpathSync.value.native;
    facts['keeps the order of the names'] = Object.getOwnPropertyNames(fs).join() === Object.keys(before).join();
    facts['gives what it gives'] =
      readFileSync(file, 'utf8') === original(file, 'utf8') && fs.existsSync.call(null, file) === true;
    let error;
    try { fs.statSync('/no such file'); } catch (thrown) { error = thrown; }
    facts['throws what it throws'] =
      error?.code === 'ENOENT' && /at .*main\\.mjs/.test(error.stack) && /^Error: ENOENT/.test(error.stack);
    step('on');
    const theirs = (...parameters) => replaced(...parameters);
    const { statSync } = fs;
    fs.readFileSync = theirs;
    agent.configure(settings(false));
    facts['leaves what the program has replaced'] = fs.readFileSync === theirs;
    theirs(file);
    statSync(file);
    fs.readFileSync = original;
    syncBuiltinESMExports();
    facts['is what it was when it is off again'] = all() && readFileSync === original;
    step('off');
    agent.configure(settings(true));
    (function kept() { statSync(file); })();
    (function named() { readFileSync(file); })();
    step('on again');
    agent.configure(settings(true, 0));
    readFileSync(file);
    readFileSync(file);
    step('no budget');
    agent.configure(settings(true, 1e-5));
    const many = 500;
    for (let i = 0; i < many; i++) readFileSync(file);
    const counts = step('little budget').map((calls) => Number.parseInt(calls, 10));
    facts['is held to the budget'] = counts.length === 2 && counts[0] + counts[1] === many;
    delete found.steps['little budget'];
    agent.stop();
    facts['is what it was when the agent has left'] = all() && readFileSync === original;
    Object.freeze(fs);
    agent.connect(settings(true));
    facts['leaves a frozen module'] = all();
    done();
  });`;

const CLUSTER = `
  const cluster = require('node:cluster');
  const http = require('node:http');
  if (cluster.isPrimary) {
    cluster.fork().on('listening', ({ port }) => {
      http.get({ port, host: '127.0.0.1' }, (answer) => answer.pipe(process.stdout));
    });
  } else {
    const { step, done } = require('./ask.js');
    http.createServer(function serve(request, response) {
      require('node:fs').readFileSync(__filename);
      step('the first request');
      response.end();
      response.on('close', done);
    }).listen(0, '127.0.0.1');
  }`;

export const PROGRAMS: Readonly<Record<'server' | 'lazy' | 'toggled' | 'cluster', ProgramFiles>> = {
  server: {
    'main.js': SERVER,
    'ask.js': ASK,
    'node_modules/reads/index.js': `exports.read = ${READS}`,
  },
  lazy: {
    'main.js': LAZY,
    'ask.js': ASK,
    'module.js': `exports.read = ${READS}; exports.read();`,
    'module.mjs': `import fs from 'node:fs'; fs.readFileSync(new URL(import.meta.url));`,
  },
  toggled: { 'main.mjs': TOGGLED, 'ask.js': ASK },
  cluster: { 'main.js': CLUSTER, 'ask.js': ASK },
};
