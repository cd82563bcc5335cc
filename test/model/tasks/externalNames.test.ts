import assert from 'node:assert/strict';
import { nodeName, packageName } from '../../../src/model/tasks/externalNames.js';
import { connected, entry, promise, resource, site } from '../../support/wire.js';

describe('The names of foreign code', () => {
  const names: [string, string, string | undefined][] = [
    ['node:events', 'once', 'events.once'],
    ['node:events', 'next', 'events.on'],
    ['node:fs', 'Object.readFile', 'fs.readFile'],
    ['node:internal/fs/promises', 'open', 'fs.promises.open'],
    ['node:internal/fs/promises', '_watch', 'fs.promises.watch'],
    ['node:timers/promises', 'setTimeout', 'setTimeout (timers/promises)'],
    ['node:stream/promises', 'pipeline', 'stream.pipeline'],
    ['node:internal/streams/end-of-stream', 'finished', 'stream.finished'],
    ['node:internal/streams/readable', 'createAsyncIterator', 'next chunk of a stream'],
    ['node:readline/promises', 'question', 'readline.question'],
    ['node:internal/deps/undici/undici', 'consumeBody', 'fetch body'],
    ['node:internal/deps/undici/undici', '', 'fetch'],
    ['node:internal/process/pre_execution', 'fetch', 'fetch'],
    ['node:internal/modules/esm/utils', 'importModuleDynamicallyCallback', 'import()'],
    ['node:internal/util', 'createDeferredPromise', undefined],
    ['node:net', '', undefined],
  ];
  for (const [file, name, known] of names) {
    it(`are ${known ?? 'unknown'} for ${name || 'a nameless function'} in ${file}`, () => {
      assert.equal(nodeName(file, name), known);
    });
  }

  it('know the package of a file, however it is installed', () => {
    assert.equal(packageName('/shop/node_modules/pg/lib/client.js'), 'pg');
    assert.equal(packageName('C:\\shop\\node_modules\\@nestjs\\core\\router.js'), '@nestjs/core');
    assert.equal(packageName('/shop/node_modules/.pnpm/pg@8.1.0/node_modules/pg-pool/index.js'), 'pg-pool');
    assert.equal(packageName('/shop/src/pg/client.js'), undefined);
  });

  it('are told of functions and promises, with the package', () => {
    const { debuggee, poll } = connected();
    poll({
      scripts: ['/shop/node_modules/pg/client.js', 'node:readline/promises', '/shop/a.js'],
      sites: [
        site(1, 'query'),
        site(2, 'BoundPool.connect'),
        site(3, 'question', 1),
        site(4, 'main', 2),
        site(5),
      ],
      entries: [
        entry(1, 'query', { site: 0 }),
        promise(2, 'new', { site: 4, call: 1 }),
        promise(3, 'then', { site: 4, type: 'then' }),
        promise(4, 'new', { site: 2 }),
        promise(5, 'new', { site: 3 }),
        entry(6, 'own', { site: 3, call: 1 }),
      ],
    });
    assert.deepEqual(
      debuggee.snapshot(100).tasks.map(({ name }) => name),
      ['query (pg)', 'BoundPool.connect (pg)', '.then (pg)', 'readline.question', 'new Promise', 'own'],
    );
  });

  it('are those that people know, of handles and builtins', () => {
    const { debuggee, poll } = connected();
    poll({
      scripts: ['node:internal/fs/promises', 'node:internal/worker'],
      sites: [site(1), site(2, '_watch'), site(3, 'Worker', 1)],
      entries: [
        resource(1, 'FSEVENTWRAP', { call: 1 }),
        resource(2, 'PIPEWRAP', { detail: { file: 'stdout' } }),
        resource(3, 'PIPEWRAP', { detail: { file: '/run/shop.sock' } }),
        resource(4, 'WEBSOCKETREQUEST', {
          detail: { method: 'GET', path: '/prices', host: 'shop:80', phase: 'headers' },
        }),
        promise(5, 'promise', { type: 'fromAsync' }),
        promise(6, 'promise', { type: 'sync next' }),
        promise(7, 'combinator', { type: 'Promise.race', inputs: 0 }),
        promise(8, 'combinator', { type: 'Promise.race', inputs: 0, waits: [0] }),
      ],
    });
    const { tasks } = debuggee.snapshot(100);
    assert.deepEqual(
      tasks.map(({ name, detail }) => [name, detail]),
      [
        ['file watcher', undefined],
        ['stdout', 'stdout'],
        ['pipe shop.sock', '/run/shop.sock'],
        ['WebSocket /prices', 'shop:80'],
        ['Array.fromAsync', undefined],
        ['next()', undefined],
        ['Promise.race', 'no inputs: never settles'],
        ['Promise.race', undefined],
      ],
    );
  });

  it('leave the ports that Node made for a worker to Node', () => {
    const { debuggee, poll } = connected();
    poll({
      scripts: ['/a.js', 'node:internal/worker'],
      sites: [site(1), site(2, 'main'), site(3, 'Worker', 1)],
      entries: [
        resource(1, 'MESSAGEPORT', { site: 1, call: 2 }),
        resource(2, 'MESSAGEPORT', { site: 1 }),
        resource(3, 'WORKER', { site: 1, call: 2 }),
      ],
    });
    assert.deepEqual(
      debuggee.snapshot(100).tasks.map(({ internal }) => internal),
      [true, undefined, undefined],
    );
  });
});
