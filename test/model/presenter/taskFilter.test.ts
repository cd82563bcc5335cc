import assert from 'node:assert/strict';
import { taskRows } from '../../../src/model/presenter/index.js';
import { plainOptions, treeOf } from '../../support/taskRows.js';
import { place, processOf, snapshotOf, task } from '../../support/tasks.js';

const shop = [
  task('c', 'checkout', { awaits: ['q', 't'], awaitingAt: place('/shop/src/Cart.ts:57') }),
  task('q', 'query', { state: 'ready', awaitingAt: place('/shop/src/db.ts:7') }),
  task('t', 'setTimeout 10 ms', { kind: 'timer', type: 'Timeout', state: 'pending', detail: '5 ms left' }),
  task('f', 'open', { kind: 'operation', type: 'FSREQCALLBACK', state: 'pending', detail: '/tmp/Bill.pdf' }),
  task('o', 'new order', { awaitingAt: place('/shop/src/order.ts:3') }),
  task('d', 'done', { state: 'fulfilled', endedAgoMs: 10 }),
];

function shown(filter: string): string[] {
  return treeOf(shop, { filter })
    .split('\n')
    .map((line) => line.split('  ').find((part) => part !== '') ?? '');
}

describe('TaskFilter', () => {
  for (const [filter, expected] of [
    ['state:ready', ['checkout', 'query']],
    ['state:ended', ['done']],
    ['state:rejected', ['']],
    ['file:CART.ts', ['checkout', 'query', 'setTimeout 10 ms']],
    ['file:db.ts:7', ['checkout', 'query']],
    ['type:timer', ['checkout', 'setTimeout 10 ms']],
    ['"new order"', ['new order']],
    ['order new', ['new order']],
    ['"order new"', ['']],
    ['bill.pdf', ['open']],
    ['"⟶ 2 op"', ['']],
    ['"2 promises"', ['checkout', 'query', 'setTimeout 10 ms']],
    ['5 ms left', ['']],
    ['checkout -type:timer', ['checkout', 'query']],
    ['-state:fulfilled -order -checkout', ['checkout', 'query', 'setTimeout 10 ms', 'open']],
    ['state:awaiting file:order', ['new order']],
  ] as const) {
    it(`shows what ${filter} asks for`, () => assert.deepEqual(shown(filter), expected));
  }

  it('takes both kinds of slashes of a path on Windows', () => {
    const windows = [task('w', 'load', { awaitingAt: { file: 'C:\\shop\\src\\db.ts', line: 7, column: 1 } })];
    for (const filter of ['file:src/db', 'file:src\\db.ts:7'])
      assert.match(treeOf(windows, { filter }), /^load/, filter);
  });

  it('finds what very many wait for, with all of them', () => {
    const count = 200_000;
    const waiting = Array.from({ length: count }, (_, n) => task(`${n}`, 'wait', { awaits: ['gate'] }));
    const gate = task('gate', 'gate', { kind: 'promise', type: 'new Promise', state: 'pending' });
    const process = processOf([gate]);
    process.tasks = [{ ...gate, awaitedBy: waiting.map(({ id }) => id) }, ...waiting];
    const [shown] = taskRows(snapshotOf(process), { ...plainOptions, filter: 'type:new' });
    assert.match(shown?.children[0]?.description ?? '', /^×200,000/);
  });
});
