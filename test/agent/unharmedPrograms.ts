import type { ProgramFiles } from '../support/runProgram.js';

export interface UnharmedProgram {
  files: ProgramFiles;
  /** Options of node itself. */
  options?: readonly string[];
  /** Oldest version that can run it. */
  since?: number;
  /** Releases in which it differs for a reason in the engine, as docs/COMPATIBILITY.md says. */
  except?: readonly string[];
}

/** Programs that would show it if the agent changed how they print, reject, exit or are collected. */
export const UNHARMED: Readonly<Record<string, UnharmedProgram>> = {
  'an unhandled rejection': {
    files: { 'main.js': `(async () => { await null; throw new TypeError('lost'); })();` },
  },
  'a rejection that is handled late': {
    files: {
      'main.js': `
        process.on('unhandledRejection', (e, p) => { console.log('unhandled', e.message); p.catch(() => {}); });
        process.on('rejectionHandled', () => console.log('handled'));
        const p = Promise.reject(new Error('late'));
        setTimeout(() => p.catch(() => console.log('caught')), 10);`,
    },
  },
  'an uncaught error': {
    files: {
      'main.js': `setTimeout(() => { null.x; }, 1); process.on('exit', (c) => console.log('exit', c));`,
    },
  },
  'an exit code that is set': {
    files: { 'main.js': `process.exitCode = 7; process.on('exit', (c) => console.log(c));` },
  },
  'a hook that hears which promise another was made from': {
    files: {
      'main.js': `
        const { createHook, executionAsyncId, triggerAsyncId } = require('async_hooks');
        const early = Promise.resolve();
        const names = new Map();
        const lines = [];
        const hook = createHook({
          init(id, type, trigger) {
            if (type !== 'PROMISE') return;
            names.set(id, 'p' + names.size);
            lines.push(names.get(id) + ' from ' + names.get(trigger));
          },
          before: (id) => lines.push('before ' + names.get(id)),
        }).enable();
        early.then(() => {});
        early.then(() => {});
        const first = Promise.resolve();
        const told = () => lines.push(names.get(executionAsyncId()) + ' by ' + names.get(triggerAsyncId()));
        first.then(told);
        first.then(told).then(told);
        (async () => { await null; await first; told(); })();
        setTimeout(() => { hook.disable(); console.log(lines.join('\\n')); }, 20);`,
    },
  },
  'exit listeners that are counted': {
    files: {
      'main.js': `
        process.setMaxListeners(12);
        for (let n = 0; n < 10; n++) process.on('exit', () => {});
        process.once('exit', (code) => console.log('last', code, process.listenerCount('exit'), process.rawListeners('exit').length));
        console.log(process.listenerCount('exit'), process.eventNames().includes('exit'), Object.keys(process._events).join());
        console.log(process.emit === require('events').prototype.emit, Object.hasOwn(process, 'emit'), 'emit' in process);
        setTimeout(() => {}, 20);`,
    },
  },
  'no exit listener': {
    files: {
      'main.js': `
        console.log(process.listenerCount('exit'), process.eventNames().map(String).join());
        process.on('beforeExit', () => console.log(process.listenerCount('exit')));
        setTimeout(() => process.exit(), 20);`,
    },
  },
  'ten exit listeners, of which none is too many': {
    files: {
      'main.js': `for (let n = 0; n < 10; n++) process.on('exit', () => {}); setTimeout(() => {}, 20);`,
    },
  },
  'process.emit that is replaced and put back': {
    files: {
      'main.js': `
        const { emit } = process;
        process.emit = function (name, ...args) {
          if (String(name).endsWith('xit')) console.log('told', name);
          return emit.call(this, name, ...args);
        };
        const one = process.emit;
        process.on('exit', () => console.log('over', process.emit === one));
        process.emit('mine');
        setTimeout(() => { process.emit = emit; console.log(process.emit === emit); process.emit = one; }, 20);`,
    },
  },
  'an exit listener that throws': {
    files: {
      'main.js': `
        Error.stackTraceLimit = 1; // Node's own lines below differ, as told in COMPATIBILITY.md
        process.on('exit', () => { throw new Error('at the end'); });`,
    },
  },
  'an exit listener that ends it at once': {
    files: {
      'main.js': `process.on('exit', () => process.exit(9)); process.on('exit', () => console.log('never'));`,
    },
  },
  'the ends of workers': {
    files: {
      'main.js': `
        const { Worker, isMainThread, workerData } = require('node:worker_threads');
        if (isMainThread) {
          const ended = (end) => new Promise((resolve) => new Worker(__filename, { workerData: end }).once('exit', resolve));
          (async () => { for (const end of ['itself', 'exit', 'listener']) console.log(end, await ended(end)); })();
        } else {
          process.on('exit', (code) => console.log('worker', workerData, code, process.listenerCount('exit')));
          if (workerData === 'exit') setTimeout(() => process.exit(4), 5);
          if (workerData === 'listener') process.on('exit', () => { process.exitCode = 5; });
        }`,
    },
  },
  'process.exit in an async hook': {
    files: {
      'main.js': `
        let n = 0;
        require('async_hooks').createHook({ init() { if (++n === 5) process.exit(3); } }).enable();
        setInterval(() => setImmediate(() => {}), 1);`,
    },
  },
  'process.exit with everything pending': {
    files: {
      'main.js': `
        for (let i = 0; i < 1000; i++) (async () => { await new Promise(() => {}); })();
        setTimeout(() => { console.log('finalUpdate'); process.exit(4); }, 5); setInterval(() => {}, 1000);`,
    },
  },
  'its own signal': {
    files: {
      'main.js': `setInterval(() => {}, 1000); setTimeout(() => process.kill(process.pid, 'SIGTERM'), 5);`,
    },
  },
  'a signal handler': {
    files: {
      'main.js': `
        const i = setInterval(() => {}, 1000);
        process.on('SIGUSR2', () => { console.log('got it'); clearInterval(i); });
        setTimeout(() => process.kill(process.pid, 'SIGUSR2'), 5);`,
    },
  },
  'nothing left to do': {
    files: {
      'main.js': `new Promise(() => {}); (async () => { await new Promise(() => {}); })(); console.log('end');`,
    },
  },
  'an unsettled top-level await': {
    files: { 'main.mjs': `console.log('start'); await new Promise(() => {});` },
  },
  'modules with top-level await': {
    files: {
      'main.mjs': `
        import { a } from './a.mjs';
        const { b } = await import('./b.mjs');
        for await (const x of [a, b, Promise.resolve(3)]) console.log(x);`,
      'a.mjs': `export const a = await new Promise((resolve) => setTimeout(resolve, 3, 1));`,
      'b.mjs': `await null; export const b = 2;`,
    },
  },
  'stack traces': {
    files: {
      'main.js': `
        async function inner() { await new Promise((r) => setTimeout(r, 1)); throw new Error('inner'); }
        async function outer() { await inner(); }
        outer().catch((e) => console.log(e.stack));
        Error.stackTraceLimit = 1;
        setTimeout(() => { console.log(new Error('short').stack, Error.stackTraceLimit); }, 10);`,
    },
  },
  'its own prepareStackTrace': {
    files: {
      'main.js': `
        let calls = 0;
        Error.prepareStackTrace = (e, sites) => { calls++; return sites.length > 0 ? 'mine' : 'none'; };
        (async () => { await null; await new Promise((r) => setTimeout(r, 1)); console.log(new Error('x').stack, calls); })();`,
    },
  },
  'a frozen Error': {
    files: {
      'main.js': `
        Object.freeze(Error);
        (async () => { await null; await new Promise((r) => setTimeout(r, 1)); console.log('fine'); })();`,
    },
  },
  'frozen intrinsics': {
    options: ['--frozen-intrinsics', '--no-warnings'],
    files: { 'main.js': `(async () => { await null; setTimeout(() => console.log('fine'), 1); })();` },
  },
  'no code generation from strings': {
    options: ['--disallow-code-generation-from-strings'],
    files: {
      'main.js': `(async () => { await null; try { eval('1'); } catch (e) { console.log(e.name); } })();`,
    },
  },
  'async local storage': {
    files: {
      'main.js': `
        const { AsyncLocalStorage, AsyncResource, executionAsyncResource } = require('async_hooks');
        const als = new AsyncLocalStorage();
        als.run({ id: 1 }, async () => {
          await null;
          setTimeout(() => console.log(als.getStore().id), 1);
          setImmediate(() => console.log(als.getStore().id));
          process.nextTick(() => console.log(als.getStore().id));
          queueMicrotask(() => console.log(als.getStore().id));
          new AsyncResource('Mine').runInAsyncScope(() => console.log(als.getStore()?.id));
          console.log(typeof executionAsyncResource());
        });`,
    },
  },
  'hooks of its own': {
    files: {
      'main.js': `
        const { createHook } = require('async_hooks');
        const seen = [];
        const hook = createHook({ init(id, type) { seen.push(type); } }).enable();
        (async () => { await null; setTimeout(() => { hook.disable(); console.log(seen.join(' ')); }, 1); })();`,
    },
  },
  'an Error that cannot be extended, with async functions': {
    files: {
      'main.js': `
        Object.preventExtensions(Error);
        (async () => { await null; console.log(Error.stackTraceLimit, Error.prepareStackTrace); })();`,
    },
  },
  'async functions at the end of the stack': {
    since: 20,
    except: ['20.11.1', '22.12.0', '24.0.0', '24.12.0'],
    files: {
      'main.js': `
        async function leaf() { await null; }
        function dive() { void leaf(); setTimeout(() => {}, 0); dive(); }
        for (let n = 0; n < 20; n++) {
          try { dive(); } catch (error) { console.log(error.name, typeof error.stack, Error.stackTraceLimit, typeof Error.prepareStackTrace); }
        }
        process.exit();`,
    },
  },
  'the id of the execution within a promise': {
    except: ['24.0.0', '24.12.0'],
    options: ['--throw-deprecation'],
    files: {
      'main.js': `
        const { executionAsyncId } = require('async_hooks');
        (async () => { await null; console.log(executionAsyncId(), process.noDeprecation, 'noDeprecation' in process); })();`,
    },
  },
  'hooks and storage that come late': {
    files: {
      'main.js': `
        const { AsyncLocalStorage, createHook } = require('async_hooks');
        const { promiseHooks } = require('v8');
        const als = new AsyncLocalStorage();
        let inits = 0;
        (async () => {
          await null;
          als.enterWith(1);
          await new Promise((resolve) => setTimeout(resolve, 1));
          console.log(als.getStore());
          const remove = promiseHooks.createHook({ init() { inits++; } });
          const hook = createHook({ init(id, type) { if (type === 'PROMISE') inits++; } }).enable();
          await Promise.all([null, new Promise((resolve) => setImmediate(resolve))]);
          remove();
          await null;
          hook.disable();
          await null;
          console.log(als.getStore(), inits);
        })();`,
    },
  },
  'what Node warns of under --pending-deprecation': {
    options: ['--pending-deprecation', '--no-warnings'],
    files: {
      'main.js': `
        process.on('warning', (warning) => console.log(warning.code));
        console.log(typeof process.binding('util'));`,
    },
  },
  'errors thrown while an async function starts': {
    files: {
      'main.js': `
        async function f() { throw new RangeError('at once'); }
        f().catch((e) => console.log(e.message));
        async function deep(n) { if (n === 0) return 0; return 1 + (await deep(n - 1)); }
        deep(500).then(console.log);
        function over() { return over() + 1; }
        try { over(); } catch (e) { console.log(e.name); }`,
    },
  },
  'workers and forks': {
    files: {
      'main.js': `
        const { Worker, isMainThread, parentPort } = require('worker_threads');
        const { fork } = require('child_process');
        if (process.argv[2] === 'child') { process.send('from fork'); process.disconnect(); }
        else if (!isMainThread) { parentPort.postMessage('from worker'); }
        else {
          const worker = new Worker(__filename);
          worker.on('message', (m) => { console.log(m); });
          worker.on('exit', (code) => {
            console.log('worker ended', code);
            const child = fork(__filename, ['child']);
            child.on('message', (m) => console.log(m));
            child.on('exit', (code) => console.log('fork ended', code));
          });
        }`,
    },
  },
  'a worker that is terminated': {
    files: {
      'main.js': `
        const { Worker } = require('worker_threads');
        const w = new Worker('setInterval(() => {}, 10); for (let i = 0; i < 100; i++) (async () => { await new Promise(() => {}); })();', { eval: true });
        w.on('online', () => setTimeout(() => w.terminate(), 20));
        w.on('exit', (c) => console.log('exit', c));`,
    },
  },
  'promises in another context': {
    files: {
      'main.js': `
        const vm = require('vm');
        const context = vm.createContext({ console, setTimeout });
        vm.runInContext('(async () => { await null; await new Promise((r) => setTimeout(r, 1)); console.log("inside"); })()', context);
        class Mine extends Promise {}
        (async () => { await new Mine((r) => setTimeout(r, 60)); console.log('subclass'); })();`,
    },
  },
  'objects that are collected': {
    options: ['--expose-gc'],
    files: {
      'main.js': `
        const refs = [];
        function make() {
          const big = { data: new Array(1000).fill(0) };
          refs.push(new WeakRef(big));
          const p = new Promise(() => { big.x = 1; });
          refs.push(new WeakRef(p));
          (async () => { await p; console.log(big); })();
          setTimeout(() => big.x, 1);
        }
        for (let i = 0; i < 50; i++) make();
        let rounds = 0;
        const timer = setInterval(() => {
          global.gc();
          if (++rounds < 20) return;
          clearInterval(timer);
          console.log(refs.filter((r) => r.deref() !== undefined).length);
        }, 60);`,
    },
  },
  'collected soon, also what was only just made': {
    options: ['--expose-gc'],
    files: {
      'main.js': `
        const collected = [];
        const registry = new FinalizationRegistry((what) => collected.push(what));
        function make(n) {
          const promise = new Promise(() => {});
          const timer = setTimeout(() => {}, 1e6);
          clearTimeout(timer);
          registry.register(promise, 'promise ' + n);
          registry.register(timer, 'timer ' + n);
          (async () => {
            const page = {};
            registry.register(page, 'page ' + n);
            await promise;
            console.log(page);
          })();
        }
        for (let n = 0; n < 5; n++) make(n);
        setTimeout(() => {
          global.gc();
          setTimeout(() => {
            global.gc();
            setTimeout(() => console.log(collected.sort().join()), 60);
          }, 60);
        }, 60);`,
    },
  },
  'little memory, and much that was just made and nobody can settle': {
    options: ['--max-old-space-size=100'],
    files: {
      'main.js': `
        const never = () => new Promise(() => {});
        async function first(n) {
          const page = new Array(10_000).fill(n);
          return Promise.race([never().then(() => page), Promise.resolve(n)]);
        }
        (async () => {
          let sum = 0;
          for (let n = 0; n < 4_000; n++) sum += await first(n);
          console.log(sum);
        })();`,
    },
  },
  'promises that are printed': {
    files: {
      'main.js': `
        console.log(new Promise(() => {}), (async () => {})());
        (async () => { await 1; const p = Promise.resolve(3); console.log(p, Reflect.ownKeys(p)); })();`,
    },
  },
  'promises that are printed under --pending-deprecation': {
    options: ['--pending-deprecation', '--no-warnings'],
    files: {
      'main.js': `(async () => { await 1; console.log(Promise.resolve(3), (async () => {})()); })();`,
    },
  },
  'a JSON of its own': {
    files: {
      'main.js': `
        const { stringify, parse } = JSON;
        JSON.stringify = (...all) => { process.stdout.write('stringify'); return stringify(...all); };
        JSON.parse = (...all) => { process.stdout.write('parse'); return parse(...all); };
        setTimeout(() => process.stdout.write('done'), 300);`,
    },
  },
  'no JSON at all': {
    files: { 'main.js': `globalThis.JSON = undefined; setTimeout(() => process.stdout.write('done'), 300);` },
  },
  'a toJSON of everything': {
    files: {
      'main.js': `
        for (const each of [Object, Array, String, Number])
          each.prototype.toJSON = function () { process.stdout.write('toJSON'); throw new Error('mine'); };
        setTimeout(() => process.stdout.write('done'), 300);`,
    },
  },
  'built-in functions of its own': {
    files: {
      'main.js': `
        const { write } = process.stdout;
        const said = new Set();
        const tell = (name) => { if (!said.has(name)) { said.add(name); Reflect.apply(write, process.stdout, [name + ' ']); } };
        const wrap = (object, key, name) => {
          const { value, ...rest } = Reflect.getOwnPropertyDescriptor(object, key);
          if (typeof value !== 'function') return;
          Object.defineProperty(object, key, { ...rest, value(...all) {
            if (/agent\\.body\\.js/.test(new Error().stack)) tell(name);
            return new.target ? Reflect.construct(value, all, new.target) : Reflect.apply(value, this, all);
          } });
        };
        const names = ['Array', 'Map', 'Set', 'WeakMap', 'WeakRef', 'String', 'Number', 'Function', 'RegExp', 'Uint8Array'];
        setTimeout(() => {
          for (const name of names) for (const key of Reflect.ownKeys(globalThis[name].prototype))
            if (key !== 'constructor' && (name !== 'Function' || key === 'bind')) wrap(globalThis[name].prototype, key, name + String(key));
          for (const name of ['Object', 'Reflect', 'Math', 'JSON', 'Number', 'Array'])
            for (const key of Object.keys(Object.getOwnPropertyDescriptors(globalThis[name])).slice())
              if (key !== 'prototype') wrap(globalThis[name], key, name + key);
          (async () => { for (let n = 0; n < 9; n++) await new Promise((resolve) => setTimeout(resolve, 40)); })();
        }, 200);`,
    },
  },
  'accessors on Error': {
    files: {
      'main.js': `
        const seen = [];
        for (const [key, first] of [['prepareStackTrace', Error.prepareStackTrace], ['stackTraceLimit', 10]]) {
          let value = first;
          Object.defineProperty(Error, key, {
            configurable: true,
            get() { seen.push('get ' + key); return value; },
            set(next) { seen.push('set ' + key); value = next; },
          });
        }
        (async () => { await 1; await new Promise((resolve) => setTimeout(resolve, 300)); console.log(seen.join()); })();`,
    },
  },
  'a stackTraceLimit that is gone': {
    files: {
      'main.js': `
        delete Error.stackTraceLimit;
        (async () => { await 1; await new Promise((resolve) => setTimeout(resolve, 300));
          console.log('stackTraceLimit' in Error, new Error('x').stack); })();`,
    },
  },
  'its global scope, while a host comes': {
    files: {
      'main.js': `
        const before = Object.getOwnPropertyNames(globalThis).length;
        const seen = new Set();
        for (const end = Date.now() + 1500; Date.now() < end; ) seen.add(Object.getOwnPropertyNames(globalThis).length - before);
        console.log([...seen].join());
        for (const name in globalThis) console.log(name);`,
    },
  },
  'its global scope': {
    files: {
      'main.js': `
        const vm = require('vm');
        const names = () => [...Reflect.ownKeys(globalThis), ...vm.runInNewContext('Reflect.ownKeys(globalThis)')]
          .filter((key) => typeof key === 'string').join();
        const before = names();
        setTimeout(() => console.log(names() === before, /ebugger/.test(names())), 500);`,
    },
  },
  'a clean environment': {
    files: {
      'main.js': `
        console.log(Object.keys(globalThis).join(' '));
        console.log(process.listenerCount('uncaughtException'), process.listenerCount('SIGINT'));
        console.log(process.getActiveResourcesInfo().join(' '));
        console.log(Error.stackTraceLimit, Error.prepareStackTrace);
        console.log(Object.keys(require.cache).length);`,
    },
  },
  'an http server and client': {
    files: {
      'main.js': `
        const http = require('http');
        const server = http.createServer(async (q, r) => { await null; r.end('hello ' + q.url); }).listen(0, '127.0.0.1', async () => {
          for (let i = 0; i < 3; i++) {
            await new Promise((resolve) => http.get({ port: server.address().port, host: '127.0.0.1', path: '/' + i }, (res) => {
              res.setEncoding('utf8'); let s = ''; res.on('data', (d) => (s += d)); res.on('end', () => { console.log(s); resolve(); });
            }));
          }
          server.close(() => console.log('closed'));
        });`,
    },
  },
};
