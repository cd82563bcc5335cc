import assert from 'node:assert/strict';
import { allRows, plainOptions, rowOf, treeOf } from '../../support/taskRows.js';
import { place, processOf, snapshotOf, task } from '../../support/tasks.js';
import { taskRows } from '../../../src/model/presenter/index.js';

describe('The texts of a task', () => {
  it('say whom of a circle it awaits, and that it waits for itself through others', () => {
    const circle = [
      task('a', 'a', { awaits: ['b'], circle: true }),
      task('b', 'b', { awaits: ['x', 'c'], circle: true }),
      task('c', 'c', { awaits: ['a'], circle: true }),
      task('x', 'x'),
      task('s', 's', { awaits: ['s'], circle: true }),
    ];
    assert.deepEqual(treeOf(circle).split('\n').slice(0, 2), [
      'a  ⟶ b · waits in a circle · 1.2 s',
      '  b  ⟶ c · waits in a circle · 1.2 s',
    ]);
    assert.equal(rowOf(circle, 's')?.description, 'waits for itself · 1.2 s');
    const row = rowOf(circle, 'b');
    assert.deepEqual([row?.icon, row?.color], ['error', 'error']);
    assert.match(row?.tooltip ?? '', /^It will never end: it waits for itself through c, a$/m);
    assert.match(rowOf(circle, 's')?.tooltip ?? '', /^It waits for itself and will never end$/m);
  });

  it('say that a chain can never go on, below what can', () => {
    const tasks = [
      task('a', 'main', { awaits: ['b'], unreachable: true }),
      task('b', 'mail', { awaits: ['c'], unreachable: true }),
      task('c', 'new Promise', { kind: 'promise', type: 'new Promise', state: 'pending', unreachable: true }),
      task('d', 'alone', { unreachable: true, unreachableMore: 3 }),
      task('e', 'shop'),
    ];
    assert.deepEqual(treeOf(tasks).split('\n'), [
      'shop  awaiting · 1.2 s',
      'main  ⟶ mail · can never go on · 1.2 s',
      '  mail  ⟶ new Promise · can never go on · 1.2 s',
      '    new Promise  nothing refers to it · 1.2 s',
      'alone  can never go on: nothing refers to what it waits for · 1.2 s',
    ]);
    const row = rowOf(tasks, 'alone');
    assert.deepEqual([row?.icon, row?.color], ['circle-slash', 'muted']);
    assert.match(row?.tooltip ?? '', /^It can never go on: nothing refers to what it waits for any more/m);
    assert.match(row?.tooltip ?? '', /^There were 3 more such tasks of the same function and await line\.$/m);
  });

  it('count what a combinator waits for that is not named', () => {
    const all = task('a', 'Promise.all', {
      kind: 'combinator',
      awaits: ['b', 'c'],
      awaitsMore: 1200,
      inputs: { total: 2202, settled: 1000 },
    });
    const row = rowOf([all, task('b', 'b'), task('c', 'c')], 'Promise.all 1,000/2,202');
    assert.equal(row?.description, '⟶ 1,202 promises · 1.2 s');
  });

  it('leave out a detail that is the end of the name, and no other', () => {
    const described = (name: string, detail: string): string | undefined =>
      rowOf([task('o', name, { kind: 'operation', type: 'X', state: 'pending', detail })], name)?.description;
    assert.equal(described('fs.readFile my menu.json', '/shop/my menu.json'), '1.2 s');
    assert.equal(described('TCP connect db:5432', 'db:5432'), '1.2 s');
    assert.equal(described('stdout', 'stdout'), '1.2 s');
    assert.equal(described('child process wait 5', 'pid 12345'), 'pid 12345 · 1.2 s');
    assert.equal(described('child process wait 345', 'pid 345'), 'pid 345 · 1.2 s');
    assert.equal(described('file operation u.json', '/shop/menu.json'), '/shop/menu.json · 1.2 s');
  });

  it('say what a promise waits for of which nothing was seen that will settle it', () => {
    const row = rowOf(
      [
        task('p', 'new Promise', {
          kind: 'promise',
          type: 'new Promise',
          state: 'pending',
          unpromised: true,
        }),
      ],
      'new Promise',
    );
    assert.equal(row?.description, 'waits for its resolve function to be called · 1.2 s');
    assert.match(row.tooltip, /^Waits for its resolve function to be called; who/m);
  });

  it('say for how long a task has been ready, not how old it is', () => {
    const ready = { state: 'ready' } as const;
    const process = processOf([
      task('1', 'known', { ...ready, readySinceMs: 4_000 }),
      task('2', 'other', ready),
    ]);
    const [row] = taskRows(snapshotOf({ ...process, nowMs: 7_500 }), plainOptions);
    assert.deepEqual(
      row?.children.map(({ description }) => description),
      ['ready for 3.5 s', 'ready'],
    );
    assert.match(row.children[0]?.tooltip ?? '', /1\.2 s old/);
  });

  it('name the package that began an operation, and the task that it was for where no line is known', () => {
    const pg = place('/shop/node_modules/pg/lib/connection.js:45 connect');
    const over = { kind: 'handle', type: 'TCPWRAP', state: 'pending', through: pg } as const;
    const tasks = [
      task('a', 'one', { ...over, createdAt: place('/shop/cart.ts:12 load') }),
      task('b', 'two', { ...over, createdAt: pg, createdBy: 'm' }),
      task('c', 'three', { ...over, createdAt: pg }),
      task('m', 'loadUser'),
    ];
    const described = (name: string): string | undefined => rowOf(tasks, name)?.description;
    assert.equal(described('one'), 'by pg  cart.ts:12');
    assert.equal(described('two'), 'by pg for loadUser  connection.js:45');
    assert.equal(described('three'), 'by pg  connection.js:45');
  });

  it('tell the times that are known', () => {
    const times = (over: object): string | undefined =>
      /^Running .*$/m.exec(rowOf([task('a', 'a', over)], 'a')?.tooltip ?? '')?.[0];
    assert.equal(times({ busyMs: 10, readyMs: 190 }), 'Running 10 ms, ready 190 ms, awaiting 1.0 s');
    assert.equal(times({ busyMs: 200 }), 'Running 200 ms, awaiting 1.0 s');
    assert.equal(times({}), undefined);
  });

  it('tell who called it across awaits, as far as it is known', () => {
    const chain = [
      task('m', 'main', { createdAt: place('/shop/server.ts:3 start') }),
      task('h', 'handler', { createdBy: 'm', createdAt: place('/shop/server.ts:40 main') }),
      task('q', 'query', { createdBy: 'h', createdAt: place('/shop/db.ts:7 find') }),
      task('t', 'setTimeout', { kind: 'timer', type: 'Timeout', createdBy: 'q' }),
    ];
    const callers = (label: string): string[] =>
      (rowOf(chain, label)?.tooltip ?? '').split('\n').filter((line) => line.includes(' by '));
    assert.deepEqual(callers('query'), [
      'Called by handler at db.ts:7',
      'Called by main at server.ts:40',
      'Called by start at server.ts:3',
    ]);
    assert.equal(callers('setTimeout')[0], 'Created by query');
  });

  it('bound the callers in the tooltip, and end where they go round', () => {
    const many = Array.from({ length: 30 }, (_, n) =>
      task(`${n}`, `f${n}`, { createdBy: `${(n + 1) % 30}` }),
    );
    const lines = (rowOf(many, 'f0')?.tooltip ?? '').split('\n').filter((line) => / by |before/.test(line));
    assert.equal(lines.length, 6);
    assert.equal(lines.at(-1), 'and others before');
  });

  it('name the process or worker that it stands for, and lead there', () => {
    const main = processOf([
      task('m', 'main', { awaits: ['w'] }),
      task('w', 'worker', {
        kind: 'operation',
        type: 'WORKER',
        state: 'pending',
        started: { pid: 123, threadId: 1 },
      }),
      task('g', 'gone', { kind: 'operation', state: 'pending', started: { pid: 9, threadId: 0 } }),
    ]);
    const worker = processOf([], { session: 's2', parent: 's1', name: 'price.js', threadId: 1 });
    const rows = allRows(taskRows(snapshotOf(main, worker), plainOptions));
    const row = (label: string) => rows.find((one) => one.label === label);
    assert.equal(row('main')?.description, '⟶ worker price.js · 1.2 s');
    assert.equal(row('worker')?.description, '→ worker price.js · 1.2 s');
    assert.equal(row('worker')?.link, 's2');
    assert.match(row('worker')?.context ?? '', /\blink\b/);
    assert.equal(rows.find((one) => one.id === 's2')?.label, 'price.js');
    assert.equal(row('gone')?.link, undefined);
  });

  it('lead to the process that lives when a process id was used twice', () => {
    const main = processOf([task('c', 'child', { kind: 'operation', started: { pid: 7, threadId: 0 } })]);
    const old = processOf([], { session: 'old', name: 'a.js', pid: 7, state: 'ended' });
    const fresh = processOf([], { session: 'new', name: 'b.js', pid: 7 });
    for (const processes of [
      [main, old, fresh],
      [main, fresh, old],
    ]) {
      const rows = allRows(taskRows(snapshotOf(...processes), plainOptions));
      assert.equal(rows.find((one) => one.label === 'child')?.description, '→ process b.js · 1.2 s');
    }
  });
});
