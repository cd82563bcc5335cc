import assert from 'node:assert/strict';
import { type Row, taskRows } from '../../../src/model/presenter/index.js';
import type { Task } from '../../../src/protocol/snapshot.js';
import { allRows, plainOptions, rowOf, treeOf } from '../../support/taskRows.js';
import { place, processOf, snapshotOf, task } from '../../support/tasks.js';

const jobs = (count: number, over: Partial<Task> = {}): Task[] =>
  Array.from({ length: count }, (_, n) =>
    task(`${n}`, 'checkout', {
      definedAt: place('/shop/a.ts:1'),
      awaitingAt: place('/shop/a.ts:5'),
      ageMs: n,
      ...over,
    }),
  );

describe('Many equal tasks', () => {
  it('become one row, with some of them below and a count of the others', () => {
    const lines = treeOf([task('m', 'main'), ...jobs(1204), task('z', 'zoo')], { maxRows: 500 }).split('\n');
    assert.equal(lines[0], 'main  awaiting · 1.2 s');
    assert.equal(lines[1], 'checkout  ×1,204 · oldest 1.2 s  a.ts:5');
    assert.equal(lines[102], '  1,104 more: use the filter');
    assert.equal(lines.at(-1), 'zoo  awaiting · 1.2 s');
    const row = rowOf(jobs(30), 'checkout');
    assert.deepEqual([row?.awaitSite?.line, row?.expanded], [5, false]);
  });

  it('stay apart where they are few or wait at different places', () => {
    assert.equal(treeOf(jobs(2)).split('\n').length, 2);
    const elsewhere = jobs(2, { awaitingAt: place('/shop/a.ts:6') }).map((one) => ({
      ...one,
      id: `x${one.id}`,
    }));
    assert.equal(treeOf([...jobs(2), ...elsewhere]).split('\n').length, 4);
  });

  it('are one row from three on, with what all of them wait for, and stay apart where that differs', () => {
    const waiters = jobs(3).map((one) => ({ ...one, awaits: ['p'] }));
    const pool = task('p', 'acquire', { awaits: [] });
    assert.equal(treeOf([...waiters, pool]).split('\n')[0], 'checkout  ×3 · ⟶ acquire · oldest 2 ms  a.ts:5');
    const [first, ...others] = waiters as [Task, ...Task[]];
    const apart = treeOf([{ ...first, awaits: ['q'] }, ...others, pool, { ...pool, id: 'q', name: 'query' }]);
    assert.equal(apart.match(/^checkout/gm)?.length, 3);
  });

  it('keep their ids, and their row keeps its own, over refreshes and when they become few', () => {
    const ids = (tasks: Task[]): string[] => allRows(rowsOf(tasks)).map(({ id }) => id);
    const many = ids(jobs(30));
    assert.deepEqual(ids(jobs(30, { ageMs: 9000 })), many);
    assert.equal(new Set(many).size, many.length);
    const few = ids(jobs(2));
    assert.deepEqual(
      few.filter((id) => !many.includes(id)),
      [],
    );
  });

  it('that can never go on are one row below the others, with those that are only counted', () => {
    const lost = jobs(25, { unreachable: true }).map((one) => ({ ...one, id: `u${one.id}` }));
    const [first, ...others] = lost as [Task, ...Task[]];
    const lines = treeOf([{ ...first, unreachableMore: 12_000 }, ...others, ...jobs(30)]).split('\n');
    assert.deepEqual(
      lines.filter((line) => line.includes('×')),
      ['checkout  ×30 · oldest 29 ms  a.ts:5', 'checkout  ×12,025 · can never go on · oldest 24 ms  a.ts:5'],
    );
  });

  it('that have ended or go in a circle are a row of their own', () => {
    const ended = jobs(30, { state: 'fulfilled', endedAgoMs: 5 }).map((one) => ({
      ...one,
      id: `e${one.id}`,
    }));
    const lines = treeOf([...jobs(30), ...ended]).split('\n');
    assert.deepEqual(
      lines.filter((line) => line.includes('×')),
      ['checkout  ×30 · oldest 29 ms  a.ts:5', '  checkout  ×30 · fulfilled  a.ts:5'],
    );
    const circle = rowOf(jobs(30, { circle: true }), 'checkout');
    assert.match(circle?.description ?? '', /waits in a circle/);
    assert.equal(circle?.icon, 'error');
  });
});

describe('A level with too many rows', () => {
  it('says in its last row what it hides', () => {
    const tasks = Array.from({ length: 130 }, (_, n) => task(`${n}`, n < 100 ? `f${n}` : `g${n % 3}`));
    const last = rowsOf(tasks)[0]?.children.at(-1);
    assert.equal(last?.label, '30 more: use the filter');
    assert.equal(last.description, 'g0 ×10, g1 ×10, g2 ×10');
    assert.match(last.tooltip, /30 tasks/);
  });

  it('counts the tasks of hidden rows that stand for many', () => {
    const alone = Array.from({ length: 100 }, (_, n) => task(`a${n}`, `f${n}`));
    const last = rowsOf([...alone, ...jobs(40)])[0]?.children.at(-1);
    assert.equal(last?.label, '40 more: use the filter');
  });
});

function rowsOf(tasks: readonly Task[]): Row[] {
  return taskRows(snapshotOf(processOf(tasks)), plainOptions);
}
