import assert from 'node:assert/strict';
import { Debuggee } from '../../src/model/debuggee.js';
import { ProtocolError } from '../../src/model/protocolError.js';
import {
  beat,
  block,
  connected,
  entry,
  frame,
  hello,
  plainSites,
  promise,
  resource,
  site,
  turn,
} from '../support/wire.js';

describe('Debuggee', () => {
  it('is connecting until the agent has said hello', () => {
    const debuggee = new Debuggee({ session: 's', name: 'shop', parent: 'p' }, plainSites);
    const { state, pid, node, parent, tasks } = debuggee.snapshot(0);
    assert.deepEqual(
      { state, pid, node, parent, tasks },
      { state: 'connecting', pid: 0, node: '', parent: 'p', tasks: [] },
    );
    assert.throws(() => debuggee.apply(beat(), 0), ProtocolError);
  });

  it('tells who it is', () => {
    const { debuggee } = connected({ hello: { pid: 7, threadId: 2, node: 'v24.1.0' } });
    const { state, pid, threadId, node, name, session } = debuggee.snapshot(0);
    assert.deepEqual(
      { state, pid, threadId, node, name, session },
      {
        state: 'running',
        pid: 7,
        threadId: 2,
        node: 'v24.1.0',
        name: 'shop',
        session: 's1',
      },
    );
  });

  it('makes a public task of an async function', () => {
    const { debuggee, beat } = connected();
    beat({
      scripts: ['/shop/server.ts'],
      sites: [site(50, 'checkout'), site(20, 'handle'), site(57, 'checkout')],
      entries: [
        entry(1, 'handle', { runs: 1 }),
        entry(2, 'checkout', { site: 0, call: 1, await: 2, by: 1, bornMs: 40, waits: [3, 0], runs: 4 }),
        promise(3, 'new'),
      ],
    });
    assert.deepEqual(debuggee.snapshot(1240).tasks[1], {
      id: 's1:2',
      kind: 'asyncFunction',
      type: 'async function',
      name: 'checkout',
      state: 'awaiting',
      createdAt: { file: '/shop/server.ts', line: 20, column: 5, function: 'handle' },
      definedAt: { file: '/shop/server.ts', line: 50, column: 5, function: 'checkout' },
      awaitingAt: { file: '/shop/server.ts', line: 57, column: 5, function: 'checkout' },
      awaits: ['s1:3'],
      awaitedBy: [],
      createdBy: 's1:1',
      ageMs: 1200,
      busyMs: 0,
      runs: 4,
    });
  });

  it('names everything for people', () => {
    const { debuggee, beat } = connected();
    const names = (...entries: ReturnType<typeof entry>[]) => {
      const ids = new Set(entries.map(({ id }) => `s1:${id}`));
      beat({ nowMs: 1000, entries });
      return debuggee
        .snapshot(1000)
        .tasks.filter((task) => ids.has(task.id))
        .map((task) => [task.kind, task.name, task.detail].filter(Boolean).join(' | '));
    };
    assert.deepEqual(
      names(
        entry(1, ''),
        entry(2, 'f', { name: 'order 17' }),
        entry(3, 'next', { kind: 'generator' }),
        entry(4, '', { kind: 'module' }),
        promise(5, 'new'),
        promise(6, 'then', { type: 'catch' }),
        promise(7, 'combinator', { type: 'Promise.race' }),
        promise(8, 'promise'),
        promise(9, 'new', { type: 'Promise.withResolvers' }),
      ),
      [
        'asyncFunction | <anonymous>',
        'asyncFunction | order 17',
        'generator | next()',
        'module | module',
        'promise | new Promise',
        'promise | .catch',
        'combinator | Promise.race',
        'promise | promise',
        'promise | Promise.withResolvers',
      ],
    );
    assert.deepEqual(
      names(
        resource(11, 'Timeout', { detail: { timerMs: 1000, armedMs: 300 } }),
        resource(12, 'Timeout', { detail: { timerMs: 50, armedMs: 300, repeat: true } }),
        resource(13, 'TCPCONNECTWRAP', { detail: { host: '::1', port: 5432 } }),
        resource(14, 'GETADDRINFOREQWRAP', { detail: { host: 'example.org' } }),
        resource(15, 'HTTPCLIENTREQUEST', {
          detail: { method: 'GET', path: '/cart', host: 'shop', port: 80 },
        }),
        resource(16, 'FSREQCALLBACK', { detail: { file: '/var/data/big.json' } }),
        resource(17, 'PROCESSWRAP', { detail: { pid: 99 } }),
        resource(18, 'TCPSERVERWRAP', { detail: { host: '::', port: 8080 } }),
        resource(19, 'bull:job'),
        resource(20, 'TCPWRAP'),
      ),
      [
        'timer | setTimeout 1,000 ms | 300 ms left',
        'timer | setInterval 50 ms | due',
        'operation | TCP connect [::1]:5432 | [::1]:5432',
        'operation | DNS lookup example.org | example.org',
        'operation | GET /cart | shop:80',
        'operation | file operation big.json | /var/data/big.json',
        'handle | child process 99 | 99',
        'handle | TCP server :8080 | :8080',
        'operation | bull:job',
        'handle | TCP connection',
      ],
    );
  });

  it('names functions without a name of their own by their place', () => {
    const { debuggee, beat } = connected();
    beat({
      scripts: ['/shop/main.mjs'],
      sites: [{ script: -1, line: 0, column: 0, function: '' }, site(5, 'main'), site(9, 'ticks')],
      entries: [
        entry(1, '', { site: 1 }),
        entry(2, '', { await: 2 }),
        entry(3, 'next', { kind: 'generator', site: 1, await: 2 }),
        entry(4, '', { kind: 'module', site: 1 }),
      ],
    });
    const { tasks } = debuggee.snapshot(0);
    assert.deepEqual(
      tasks.map(({ name }) => name),
      ['main', 'ticks', 'ticks', 'main.mjs'],
    );
    assert.equal(tasks[2]?.createdAt?.line, 5);
    assert.equal(tasks[2].definedAt, undefined);
  });

  it('lets ages grow between beats, on the clock of the host', () => {
    const { debuggee } = connected();
    debuggee.hello(hello({ pid: 5, nowMs: 5000 }), 70);
    debuggee.apply(beat({ nowMs: 5100, entries: [entry(1, 'f', { bornMs: 5000 })] }), 190);
    assert.equal(debuggee.snapshot(1070).tasks[0]?.ageMs, 1000);
  });

  it('makes only those tasks again that changed', () => {
    let resolved = 0;
    const { debuggee, beat } = connected({
      sites: {
        resolve(frame) {
          resolved++;
          return plainSites.resolve(frame);
        },
      },
    });
    beat({
      scripts: ['/a.ts'],
      sites: [site(1), site(2)],
      entries: [entry(1, 'a', { site: 0, waits: [2] }), promise(2, 'new', { site: 1 })],
    });
    debuggee.snapshot(100);
    debuggee.snapshot(200);
    assert.equal(resolved, 2);
    beat({ ended: [2] });
    assert.deepEqual(debuggee.snapshot(300).tasks[0]?.awaits, []);
    assert.equal(debuggee.snapshot(300).tasks[0]?.state, 'ready');
    debuggee.sitesChanged();
    debuggee.snapshot(400);
    assert.equal(resolved, 3);
  });

  it('begins from nothing after a second hello, but keeps its warnings', () => {
    const { debuggee, beat } = connected();
    beat({ entries: [entry(1, 'a')], blocks: [block()] });
    debuggee.hello(hello({ nowMs: 200 }), 200);
    assert.equal(debuggee.snapshot(200).tasks.length, 0);
    assert.equal(debuggee.snapshot(200).warnings.length, 1);
  });

  it('goes on with a block over a resync', () => {
    const { debuggee, beat } = connected();
    const stack = [frame('f /a.ts:1')];
    beat({ nowMs: 150, turn: turn({ stack }) });
    debuggee.hello(hello({ nowMs: 200 }), 200);
    assert.equal(debuggee.snapshot(300).state, 'blocked');
  });

  it('applies nothing of a malformed beat', () => {
    const { debuggee, beat: send } = connected();
    send({ entries: [entry(1, 'a')] });
    assert.throws(
      () =>
        debuggee.apply(
          { ...beat({ seq: 2 }), entries: [entry(2, 'b'), { ...entry(3, 'c'), id: 'x' as never }] },
          200,
        ),
      ProtocolError,
    );
    assert.equal(debuggee.snapshot(200).tasks.length, 1);
  });

  it('is blocked at a line while a long turn goes on', () => {
    const { debuggee, beat } = connected();
    beat({
      nowMs: 3000,
      entries: [entry(1, 'report')],
      turn: turn({ entry: 1, stack: [frame('parseReport /shop/report.ts:88')] }),
    });
    const { state, blocked } = debuggee.snapshot(3200);
    assert.equal(state, 'blocked');
    assert.deepEqual(blocked, {
      durationMs: 3200,
      stack: [{ file: '/shop/report.ts', line: 88, column: 5, function: 'parseReport' }],
      site: { file: '/shop/report.ts', line: 88, column: 5, function: 'parseReport' },
      task: 's1:1',
    });
    beat({ nowMs: 3300 });
    assert.equal(debuggee.snapshot(3300).state, 'running');
  });

  it('is blocked without a line while it does not answer', () => {
    const { debuggee, beat } = connected();
    beat();
    debuggee.silent(250, 200);
    assert.equal(debuggee.snapshot(250).state, 'running');
    debuggee.silent(450, 200);
    assert.deepEqual(debuggee.snapshot(500).blocked, { durationMs: 300, stack: [] });
    beat({ nowMs: 600 });
    assert.equal(debuggee.snapshot(900).blocked, undefined);
  });

  it('keeps the ages of tasks still while the debugger holds it', () => {
    const { debuggee, beat } = connected();
    beat({ entries: [entry(1, 'handle')] });
    debuggee.paused(150);
    const [before] = debuggee.snapshot(200).tasks;
    const [after] = debuggee.snapshot(5000).tasks;
    assert.equal(after?.ageMs, before?.ageMs);
    debuggee.resumed(5000);
    assert.ok((debuggee.snapshot(5000).tasks[0]?.ageMs ?? 0) > 4000);
  });

  it('is paused rather than blocked while the debugger holds it', () => {
    const { debuggee, beat } = connected();
    beat();
    debuggee.paused(150);
    debuggee.silent(1000, 200);
    assert.equal(debuggee.snapshot(1000).state, 'paused');
    assert.equal(debuggee.snapshot(1000).blocked, undefined);
    debuggee.resumed(1000);
    assert.equal(debuggee.snapshot(1050).state, 'running');
    assert.equal(debuggee.snapshot(1250).state, 'blocked');
  });

  it('ends with a note and without tasks', () => {
    const { debuggee, beat } = connected();
    beat({ entries: [entry(1, 'a')], dropped: { records: 3, sites: 4 } });
    debuggee.end('exited with code 0');
    debuggee.apply(beat as never, 0);
    const { state, note, tasks, pid, dropped } = debuggee.snapshot(500);
    assert.deepEqual(
      { state, note, tasks, pid, dropped },
      {
        state: 'ended',
        note: 'exited with code 0',
        tasks: [],
        pid: 123,
        dropped: { records: 3, sites: 4 },
      },
    );
  });

  it('says why it is unavailable, also after its end', () => {
    const debuggee = new Debuggee({ session: 's', name: 'shop' }, plainSites);
    debuggee.unavailable('Deno is not supported.');
    debuggee.end();
    assert.equal(debuggee.snapshot(0).state, 'unavailable');
    assert.equal(debuggee.snapshot(0).note, 'Deno is not supported.');
  });

  it('says that it came late, and marks what is older', () => {
    const { debuggee, beat } = connected({ hello: { late: true } });
    beat({ entries: [entry(1, 'old', { bornMs: 0 }), entry(2, 'new', { bornMs: 50 })] });
    const { note, tasks } = debuggee.snapshot(100);
    assert.match(note ?? '', /^Attached while it was running/);
    assert.deepEqual(
      tasks.map((task) => task.beforeAttach),
      [true, undefined],
    );
  });
});
