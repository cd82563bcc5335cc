import assert from 'node:assert/strict';
import { Debuggee } from '../../src/model/debuggee.js';
import { historyOf } from '../../src/model/tasks/taskHistory.js';
import { randomNumbers } from '../support/randomNumbers.js';
import {
  poll,
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
    const { debuggee, poll } = connected();
    poll({
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

  it('takes very many tasks into its snapshots little by little, and nothing that has ended', () => {
    const { debuggee, poll } = connected();
    const told = () => {
      const { tasks, backlog } = debuggee.snapshot(1000);
      return [...tasks.map(({ id, state }) => `${id} ${state}`), ...(backlog === undefined ? [] : [backlog])];
    };
    debuggee.tasksAtOnce = 2;
    poll({ entries: [1, 2, 3, 4, 5].map((id) => promise(id, 'new')) });
    assert.deepEqual(told(), ['s1:1 pending', 's1:2 pending', 3]);
    assert.deepEqual(told(), ['s1:1 pending', 's1:2 pending', 's1:3 pending', 's1:4 pending', 1]);
    poll({ entries: [1, 2, 3].map((id) => entry(id, 'load', { state: 'running' })), ended: [2, 4, 5] });
    assert.deepEqual(told(), ['s1:1 running', 's1:3 running']);
    debuggee.tasksAtOnce = 1;
    debuggee.sitesChanged();
    assert.deepEqual(told(), ['s1:1 running', 's1:3 running', 1]);
    assert.deepEqual(told(), ['s1:1 running', 's1:3 running']);
  });

  it('comes to the same tasks little by little as at once', () => {
    const whole = connected();
    const sliced = connected();
    sliced.debuggee.tasksAtOnce = 3;
    const random = randomNumbers(1);
    const alive = new Set<number>();
    for (let round = 1; round <= 50; round++) {
      const ids = [...Array.from({ length: 8 }, (_, at) => round * 8 + at), ...alive].filter(
        () => random(3) > 0,
      );
      const entries = ids.map((id) =>
        promise(id, 'then', { waits: [Math.max(0, round * 8 - random(30))], runs: random(9) }),
      );
      for (const id of ids) alive.add(id);
      const ended = [...alive].filter(() => random(6) === 0);
      for (const id of ended) alive.delete(id);
      for (const { poll, debuggee } of [whole, sliced]) {
        poll({ entries, ended });
        debuggee.snapshot(round * 100);
      }
    }
    while (sliced.debuggee.snapshot(9_000).backlog !== undefined);
    assert.ok(alive.size > 10);
    assert.deepEqual(sliced.debuggee.snapshot(9_000), whole.debuggee.snapshot(9_000));
  });

  it('names everything for people', () => {
    const { debuggee, poll } = connected();
    const names = (...entries: ReturnType<typeof entry>[]) => {
      const ids = new Set(entries.map(({ id }) => `s1:${id}`));
      poll({ nowMs: 1000, entries });
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
        resource(17, 'PROCESSWRAP', { detail: { pid: 99, command: 'git log' } }),
        resource(18, 'TCPSERVERWRAP', { detail: { host: '::', port: 8080 } }),
        resource(19, 'bull:job'),
        resource(20, 'TCPWRAP'),
        resource(21, 'UNDICIREQUEST', {
          detail: { method: 'GET', path: '/cart', host: 'shop:80', phase: 'headers' },
        }),
        resource(22, 'HTTPCLIENTREQUEST', {
          detail: { method: 'POST', path: '/pay', host: 'bank', port: 443, phase: 'body' },
        }),
        resource(23, 'HTTPSERVERREQUEST', { detail: { method: 'GET', path: '/cart' } }),
        resource(24, 'WORKER', { detail: { file: '/shop/price.js' } }),
        resource(25, 'FSEVENTWRAP', { detail: { file: '/shop/menu.json' } }),
      ),
      [
        'timer | setTimeout 1,000 ms | 300 ms left',
        'timer | setInterval 50 ms | due',
        'operation | TCP connect [::1]:5432 | [::1]:5432',
        'operation | DNS lookup example.org | example.org',
        'operation | http GET /cart | shop:80',
        'operation | file operation big.json | /var/data/big.json',
        'handle | child process git log | pid 99',
        'handle | TCP server :8080 | :8080',
        'operation | bull:job',
        'handle | TCP connection',
        'operation | fetch GET /cart | shop:80, waits for headers',
        'operation | http POST /pay | bank:443, waits for body',
        'operation | GET /cart',
        'handle | Worker price.js | /shop/price.js',
        'handle | file watcher menu.json | /shop/menu.json',
      ],
    );
  });

  it('names a file operation after the function of Node that was called', () => {
    const { debuggee, poll } = connected();
    poll({
      scripts: ['node:fs', 'node:internal/fs/promises', '/shop/a.js'],
      sites: [site(9, 'load', 2), site(1, 'readFile'), site(2, 'Object.open', 1), site(3, 'other', 2)],
      entries: [
        resource(1, 'FSREQCALLBACK', { site: 0, call: 1, detail: { file: '/shop/menu.json' } }),
        resource(2, 'FSREQPROMISE', { site: 0, call: 2 }),
        resource(3, 'FSREQPROMISE', { site: 0, call: 3 }),
      ],
    });
    const { tasks } = debuggee.snapshot(0);
    assert.deepEqual(
      tasks.map(({ name }) => name),
      ['fs.readFile menu.json', 'fs.promises.open', 'file operation'],
    );
    assert.equal(tasks[0]?.createdAt?.function, 'load');
  });

  it('names functions without a name of their own by their place', () => {
    const { debuggee, poll } = connected();
    poll({
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

  it('lets ages grow between polls, on the clock of the host', () => {
    const { debuggee } = connected();
    debuggee.hello(hello({ pid: 5, nowMs: 5000 }), 70);
    debuggee.apply(poll({ nowMs: 5100, entries: [entry(1, 'f', { bornMs: 5000 })] }), 190);
    assert.equal(debuggee.snapshot(1070).tasks[0]?.ageMs, 1000);
  });

  it('leaves a copy of a snapshot as it was taken', () => {
    const { debuggee, poll } = connected();
    const detail = { timerMs: 5_000, armedMs: 0 };
    poll({ nowMs: 100, entries: [entry(1, 'f'), resource(2, 'Timeout', { detail })] });
    const taken = structuredClone(debuggee.snapshot(1_000));
    const text = JSON.stringify(taken);
    assert.deepEqual(
      taken.tasks.map(({ ageMs }) => ageMs),
      [1_000, 1_000],
    );
    poll({ nowMs: 3_000, ended: [1] });
    assert.equal(debuggee.snapshot(3_000).tasks[0]?.ageMs, 3_000);
    assert.equal(JSON.stringify(taken), text);
  });

  it('gives a task that has not changed as the same object, only older', () => {
    const { debuggee, poll } = connected();
    poll({
      nowMs: 1000,
      entries: [
        entry(1, 'a'),
        entry(2, 'b'),
        resource(3, 'Timeout', { detail: { timerMs: 5000, armedMs: 0 } }),
      ],
    });
    const [a, b, timer] = debuggee.snapshot(1000).tasks;
    assert.equal(timer?.detail, '4.0 s left');
    poll({ nowMs: 1100, entries: [entry(2, 'b', { runs: 7 })] });
    const after = debuggee.snapshot(3000).tasks;
    assert.equal(after[0], a);
    assert.equal(after[0]?.ageMs, 3000);
    assert.notEqual(after[1], b);
    assert.equal(after[2]?.detail, '2.0 s left');
  });

  it('gives the same pieces again where nothing has changed, and a snapshot its tasks whenever it is asked', () => {
    const { debuggee, poll } = connected();
    poll({ nowMs: 1000, entries: [entry(1, 'a')] });
    const snapshot = debuggee.snapshot(1000);
    const { pieces } = historyOf(snapshot);
    poll({ nowMs: 1100 });
    assert.equal(historyOf(debuggee.snapshot(2000)).pieces, pieces);
    poll({ nowMs: 1200, entries: [entry(2, 'b')] });
    const after = debuggee.snapshot(2000);
    assert.notEqual(historyOf(after).pieces, pieces);
    assert.deepEqual(
      [snapshot, after].map(({ tasks }) => tasks.map(({ name }) => name)),
      [['a'], ['a', 'b']],
    );
    assert.equal(snapshot.tasks, snapshot.tasks);
    assert.equal(snapshot.tasks[0]?.ageMs, 2000);
  });

  it('leaves a task that has changed or gone as old as it was', () => {
    const { debuggee, poll } = connected();
    poll({ nowMs: 1000, entries: [entry(1, 'a'), entry(2, 'b')] });
    const { tasks } = debuggee.snapshot(1000);
    poll({ nowMs: 1100, entries: [entry(1, 'a', { runs: 2 })], ended: [2] });
    assert.equal(debuggee.snapshot(3000).tasks[0]?.ageMs, 3000);
    assert.deepEqual(
      tasks.map(({ ageMs }) => ageMs),
      [1000, 1000],
    );
  });

  it('gives ages that are copied and written like everything else of a task', () => {
    const { debuggee, poll } = connected();
    poll({ nowMs: 1000, entries: [resource(1, 'Timeout', { detail: { timerMs: 5000, armedMs: 0 } })] });
    const { tasks } = debuggee.snapshot(1000);
    const copies = [structuredClone(tasks), JSON.parse(JSON.stringify(tasks)) as typeof tasks];
    debuggee.snapshot(3000);
    for (const [copy] of copies) assert.deepEqual([copy?.ageMs, copy?.detail], [1000, '4.0 s left']);
  });

  it('gives tasks in the order of their birth, however they are linked', () => {
    const { debuggee, poll } = connected();
    poll({ entries: [entry(1, 'a', { waits: [3] }), entry(2, 'b'), entry(3, 'c')] });
    debuggee.snapshot(100);
    poll({ entries: [entry(5, 'e', { waits: [1, 4] }), entry(4, 'd')], ended: [2] });
    assert.deepEqual(
      debuggee.snapshot(200).tasks.map(({ name }) => name),
      ['a', 'c', 'd', 'e'],
    );
  });

  it('tells how long a task ran and was kept from running', () => {
    const { debuggee, poll } = connected();
    poll({ entries: [entry(1, 'a', { busyMs: 12.5, readyMs: 3 }), entry(2, 'b')] });
    assert.deepEqual(
      debuggee.snapshot(100).tasks.map(({ busyMs, readyMs }) => [busyMs, readyMs]),
      [
        [12.5, 3],
        [0, undefined],
      ],
    );
  });

  describe('with retention', () => {
    function keeping(): ReturnType<typeof connected> {
      const setup = connected();
      setup.debuggee.retentionMs = 10_000;
      return setup;
    }

    it('keeps a task that has ended for a while, with its result and the age that it reached', () => {
      const { debuggee, poll } = keeping();
      poll({
        nowMs: 1000,
        scripts: ['/a.js'],
        sites: [site(5, 'pay')],
        entries: [
          entry(1, 'main'),
          entry(2, 'pay', { site: 0, await: 0, waits: [3], by: 1, bornMs: 400, busyMs: 2 }),
          promise(3, 'new'),
          entry(4, 'waiter', { waits: [2] }),
        ],
      });
      debuggee.snapshot(1000);
      poll({ nowMs: 2000, ended: [2, 3], settled: 1 });
      debuggee.settled([{ entry: 2, state: 'fulfilled', result: '42' }]);
      const [main, waiter, pay, ...others] = debuggee.snapshot(5000).tasks;
      assert.deepEqual(others, []);
      assert.deepEqual([main?.name, waiter?.awaits], ['main', []]);
      assert.deepEqual(pay, {
        id: 's1:2',
        kind: 'asyncFunction',
        type: 'async function',
        name: 'pay',
        state: 'fulfilled',
        createdBy: 's1:1',
        definedAt: { file: '/a.js', line: 5, column: 5, function: 'pay' },
        awaits: [],
        awaitedBy: [],
        result: '42',
        ageMs: 1600,
        endedAgoMs: 3000,
        busyMs: 2,
        runs: 1,
      });
      assert.equal(debuggee.snapshot(11_900).tasks.length, 3);
      assert.equal(debuggee.snapshot(12_100).tasks.length, 2);
    });

    it('keeps nothing of which it is not known how it ended, nor promises and operations', () => {
      const { debuggee, poll } = keeping();
      poll({ entries: [entry(1, 'a'), promise(2, 'new'), entry(3, 'b')] });
      poll({ ended: [1, 2, 3], settled: 2 });
      debuggee.settled([
        { entry: 2, state: 'fulfilled' },
        { entry: 99, state: 'fulfilled' },
      ]);
      poll({});
      debuggee.settled([{ entry: 1, state: 'fulfilled' }]);
      assert.deepEqual(debuggee.snapshot(300).tasks, []);
    });

    it('shows a task as it last was until it is known how it ended, so that no row goes and comes back', () => {
      const { debuggee, poll } = keeping();
      poll({ entries: [entry(1, 'a', { waits: [2] }), entry(2, 'b')] });
      poll({ ended: [1], settled: 1 });
      const ending = debuggee.snapshot(300).tasks.find(({ id }) => id === 's1:1');
      assert.equal(ending?.name, 'a');
      assert.equal(ending.endedAgoMs, undefined);
      assert.deepEqual(ending.awaits, []);
      debuggee.settled([]);
      assert.deepEqual(
        debuggee.snapshot(300).tasks.map(({ id }) => id),
        ['s1:2'],
      );
    });

    it('keeps the newest when many end', () => {
      const { debuggee, poll } = keeping();
      const ids = Array.from({ length: 1200 }, (_, at) => at + 1);
      poll({ entries: ids.map((id) => entry(id, 'a')) });
      poll({ ended: ids, settled: 1200 });
      debuggee.settled(ids.map((id) => ({ entry: id, state: 'fulfilled' })));
      const { tasks } = debuggee.snapshot(300);
      assert.equal(tasks.length, 1000);
      assert.equal(tasks.at(-1)?.id, 's1:1200');
    });

    it('keeps nothing any more once it is switched off', () => {
      const { debuggee, poll } = keeping();
      poll({ entries: [entry(1, 'a'), entry(2, 'b')] });
      poll({ ended: [1], settled: 1 });
      debuggee.settled([{ entry: 1, state: 'rejected' }]);
      assert.equal(debuggee.snapshot(300).tasks.at(-1)?.state, 'rejected');
      debuggee.retentionMs = 0;
      assert.equal(debuggee.snapshot(300).tasks.length, 1);
      poll({ ended: [2], settled: 1 });
      debuggee.settled([{ entry: 2, state: 'rejected' }]);
      assert.equal(debuggee.snapshot(400).tasks.length, 0);
    });

    it('keeps them still while the debugger holds the program, and shows original places when they come', () => {
      let line = 1;
      const { debuggee, poll } = connected({
        sites: { resolve: () => ({ file: '/a.ts', line, column: 1 }) },
      });
      debuggee.retentionMs = 10_000;
      poll({ scripts: ['/a.js'], sites: [site(5)], entries: [entry(1, 'a', { site: 0 })] });
      poll({ ended: [1], settled: 1 });
      debuggee.settled([{ entry: 1, state: 'fulfilled' }]);
      debuggee.paused(1000);
      assert.equal(debuggee.snapshot(60_000).tasks[0]?.definedAt?.line, 1);
      line = 77;
      debuggee.sitesChanged();
      assert.equal(debuggee.snapshot(60_000).tasks[0]?.definedAt?.line, 77);
    });
  });

  it('marks tasks that wait in a circle, not those that wait for it', () => {
    const { debuggee, poll } = connected();
    const circle = (): string =>
      debuggee
        .snapshot(0)
        .tasks.filter((task) => task.circle)
        .map(({ name }) => name)
        .join();
    const combinator = (id: number, type: string, waits: number[]) =>
      entry(id, type, { kind: 'combinator', state: 'pending', waits, inputs: waits.length });
    poll({
      entries: [
        entry(1, 'self', { waits: [1] }),
        entry(2, 'a', { waits: [3] }),
        entry(3, 'b', { waits: [2] }),
        entry(4, 'waiter', { waits: [3] }),
        resource(9, 'Timeout'),
        entry(10, 'inRace', { waits: [11] }),
        combinator(11, 'Promise.race', [10, 9]),
        entry(12, 'inAll', { waits: [13] }),
        combinator(13, 'Promise.all', [12, 9]),
        entry(14, 'inOther', { waits: [15] }),
        promise(15, 'new', { waits: [14, 9] }),
      ],
    });
    assert.equal(circle(), 'self,a,b,inAll,Promise.all');
    poll({ entries: [entry(3, 'b', { waits: [9] })], ended: [1] });
    assert.equal(circle(), 'inAll,Promise.all');
    poll({ entries: [entry(3, 'b', { waits: [2] })] });
    assert.equal(circle(), 'a,b,inAll,Promise.all');
  });

  describe('of a promise that nothing will settle', () => {
    const places = {
      scripts: ['/shop/lock.js', '/shop/node_modules/p/i.js', 'node:events'],
      sites: [site(1), site(2, '', 1), site(3, '', 2)],
    };

    function unpromised(debuggee: ReturnType<typeof connected>['debuggee'], atMs: number): string[] {
      return debuggee
        .snapshot(atMs)
        .tasks.filter((task) => task.unpromised)
        .map(({ id }) => id.slice(3));
    }

    it('says so of the own code, however old it is', () => {
      const { debuggee, poll } = connected();
      poll({
        ...places,
        entries: [
          promise(1, 'new', { site: 0, bornMs: 50 }),
          promise(2, 'new', { site: 1, bornMs: 50 }),
          promise(3, 'new', { site: 2, bornMs: 50 }),
          promise(4, 'new', { bornMs: 50 }),
          promise(5, 'then', { site: 0, bornMs: 50 }),
          promise(6, 'new', { site: 0, bornMs: 50, waits: [7] }),
          resource(7, 'Timeout', { bornMs: 50 }),
          promise(9, 'new', { site: 0, bornMs: 50, waits: [0] }),
        ],
      });
      assert.deepEqual(unpromised(debuggee, 100), ['1']);
      assert.deepEqual(unpromised(debuggee, 5000), ['1']);
    });

    it('does not once an operation was seen, nor of what is older than the agent', () => {
      const { debuggee, poll } = connected({ hello: { late: true } });
      poll({
        ...places,
        entries: [
          promise(1, 'new', { site: 0, bornMs: 0 }),
          promise(2, 'new', { site: 0, bornMs: 50, waits: [3] }),
          resource(3, 'Timeout', { bornMs: 50 }),
        ],
      });
      poll({
        entries: [
          promise(2, 'new', { site: 0, bornMs: 50 }),
          promise(4, 'new', { site: 0, bornMs: 50, waits: [0] }),
        ],
        ended: [3],
      });
      poll({ entries: [promise(4, 'new', { site: 0, bornMs: 50 })] });
      assert.deepEqual(unpromised(debuggee, 5000), []);
    });

    it('does not while the task that made it goes on without it', () => {
      const { debuggee, poll } = connected();
      poll({
        ...places,
        entries: [
          entry(1, 'maker', { waits: [9] }),
          promise(2, 'new', { site: 0, bornMs: 50, by: 1 }),
          entry(3, 'waiter', { waits: [2] }),
          resource(9, 'Timeout'),
        ],
      });
      assert.deepEqual(unpromised(debuggee, 5000), []);
      poll({ entries: [entry(1, 'maker', { waits: [3] })] });
      assert.deepEqual(unpromised(debuggee, 5000), ['2']);
      poll({ entries: [entry(1, 'maker', { waits: [9] })] });
      assert.deepEqual(unpromised(debuggee, 5000), []);
      poll({ ended: [1] });
      assert.deepEqual(unpromised(debuggee, 5000), ['2']);
    });
  });

  it('tells which process or thread a task stands for', () => {
    const { debuggee, poll } = connected({ hello: { pid: 7 } });
    poll({
      entries: [
        resource(1, 'WORKER', { detail: { threadId: 3 } }),
        resource(2, 'PROCESSWRAP', { detail: { pid: 99 } }),
        resource(3, 'PROCESSWRAP'),
      ],
    });
    assert.deepEqual(
      debuggee.snapshot(0).tasks.map(({ started }) => started),
      [{ pid: 7, threadId: 3 }, { pid: 99, threadId: 0 }, undefined],
    );
  });

  it('says which operations wait for a thread of the pool', () => {
    const { debuggee, poll } = connected({ hello: { poolSize: 2 } });
    const details = () => debuggee.snapshot(0).tasks.map(({ detail }) => detail);
    const file = { runs: 0, detail: { file: '/a/b' } };
    poll({ entries: [1, 2, 3].map((id) => resource(id, 'FSREQCALLBACK', file)) });
    assert.deepEqual(details(), ['/a/b', '/a/b', 'queued: the thread pool of 2 is full']);
    poll({ ended: [1] });
    assert.deepEqual(details(), ['/a/b', '/a/b']);
  });

  it('makes only those tasks again that changed', () => {
    let resolved = 0;
    const { debuggee, poll } = connected({
      sites: {
        resolve(frame) {
          resolved++;
          return plainSites.resolve(frame);
        },
      },
    });
    poll({
      scripts: ['/a.ts'],
      sites: [site(1), site(2)],
      entries: [entry(1, 'a', { site: 0, waits: [2] }), promise(2, 'new', { site: 1 })],
    });
    debuggee.snapshot(100);
    debuggee.snapshot(200);
    assert.equal(resolved, 2);
    poll({ ended: [2] });
    assert.deepEqual(debuggee.snapshot(300).tasks[0]?.awaits, []);
    assert.equal(debuggee.snapshot(300).tasks[0]?.state, 'ready');
    debuggee.sitesChanged();
    debuggee.snapshot(400);
    assert.equal(resolved, 3);
  });

  it('begins from nothing after a second hello, but keeps its warnings', () => {
    const { debuggee, poll } = connected();
    poll({ entries: [entry(1, 'a')], scripts: ['/a.ts'], sites: [site(1)], blocks: [block({ site: 0 })] });
    debuggee.hello(hello({ nowMs: 200 }), 200);
    assert.equal(debuggee.snapshot(200).tasks.length, 0);
    assert.equal(debuggee.snapshot(200).warnings.length, 1);
  });

  it('is connecting again after its connection was lost, and keeps its warnings', () => {
    const { debuggee, poll } = connected();
    poll({ entries: [entry(1, 'a')], scripts: ['/a.ts'], sites: [site(1)], blocks: [block({ site: 0 })] });
    debuggee.disconnected();
    const { state, tasks, warnings } = debuggee.snapshot(300);
    assert.deepEqual([state, tasks.length, warnings.length], ['connecting', 0, 1]);
    debuggee.hello(hello({ nowMs: 400 }), 400);
    assert.equal(debuggee.snapshot(400).state, 'running');
    assert.equal(debuggee.snapshot(400).warnings.length, 1);
  });

  it('goes on with a block over a resync', () => {
    const { debuggee, poll } = connected();
    const stack = [frame('f /a.ts:1')];
    poll({ nowMs: 150, turn: turn({ stack }) });
    debuggee.hello(hello({ nowMs: 200 }), 200);
    assert.equal(debuggee.snapshot(300).state, 'blocked');
  });

  it('is blocked at a line while a long turn goes on', () => {
    const { debuggee, poll } = connected();
    poll({
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
    poll({ nowMs: 3300 });
    assert.equal(debuggee.snapshot(3300).state, 'running');
  });

  it('is blocked without a line while it does not answer', () => {
    const { debuggee, poll } = connected();
    poll();
    debuggee.silent(250, 200);
    assert.equal(debuggee.snapshot(250).state, 'running');
    debuggee.silent(1_250, 200);
    assert.deepEqual(debuggee.snapshot(1_300).blocked, { durationMs: 1_100, stack: [] });
    poll({ nowMs: 1_400 });
    assert.equal(debuggee.snapshot(1_700).blocked, undefined);
  });

  it('keeps the ages of tasks still while the debugger holds it', () => {
    const { debuggee, poll } = connected();
    poll({ entries: [entry(1, 'handle')] });
    debuggee.paused(150);
    const [before] = debuggee.snapshot(200).tasks;
    const [after] = debuggee.snapshot(5000).tasks;
    assert.equal(after?.ageMs, before?.ageMs);
    debuggee.resumed(5000);
    assert.ok((debuggee.snapshot(5000).tasks[0]?.ageMs ?? 0) > 4000);
  });

  it('is paused rather than blocked while the debugger holds it', () => {
    const { debuggee, poll } = connected();
    poll();
    debuggee.paused(150);
    debuggee.silent(1000, 200);
    assert.equal(debuggee.snapshot(1000).state, 'paused');
    assert.equal(debuggee.snapshot(1000).blocked, undefined);
    debuggee.resumed(1000);
    assert.equal(debuggee.snapshot(1050).state, 'running');
    assert.equal(debuggee.snapshot(2050).state, 'blocked');
  });

  it('ends with a note and without tasks', () => {
    const { debuggee, poll } = connected();
    poll({ entries: [entry(1, 'a')], dropped: { records: 3, sites: 4 } });
    debuggee.end('exited with code 0');
    debuggee.apply(poll as never, 0);
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
    const { debuggee, poll } = connected({ hello: { late: true, olderTimers: 2 } });
    poll({ entries: [entry(1, 'old', { bornMs: 0 }), entry(2, 'new', { bornMs: 50 })] });
    const { note, tasks } = debuggee.snapshot(100);
    assert.equal(
      note,
      'Attached while it ran: older tasks are not shown until they go on; 2 timers began before',
    );
    assert.deepEqual(
      tasks.map((task) => task.beforeAttach),
      [true, undefined],
    );
  });

  it('has the name of its file only where it has none of its own', () => {
    const nameOf = (isUnnamed: boolean, program?: string): string => {
      const debuggee = new Debuggee({ session: 's', name: 'Remote Process', isUnnamed }, plainSites);
      debuggee.hello(hello(program === undefined ? {} : { program }), 0);
      return debuggee.snapshot(0).name;
    };
    assert.equal(nameOf(true, 'server.js'), 'server.js');
    assert.equal(nameOf(false, 'server.js'), 'Remote Process');
    assert.equal(nameOf(true), 'Remote Process');
  });
});
