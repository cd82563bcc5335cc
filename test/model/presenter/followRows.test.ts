import assert from 'node:assert/strict';
import {
  creationRowId,
  type FollowedTask,
  followOn,
  followTask,
  hasEnded,
  type Row,
  taskRows,
  treeText,
} from '../../../src/model/presenter/index.js';
import type { Snapshot, Task } from '../../../src/protocol/snapshot.js';
import { allRows, plainOptions } from '../../support/taskRows.js';
import { place, processOf, snapshotOf, task } from '../../support/tasks.js';

const request = task('r', 'GET /cart', { kind: 'operation', type: 'HTTPSERVERREQUEST' });
const handler = task('h', 'handler', {
  createdBy: 'r',
  createdAt: place('/shop/server.ts:9'),
  awaits: ['all'],
});
const all = task('all', 'Promise.all', {
  kind: 'combinator',
  type: 'Promise.all',
  awaits: ['q'],
  createdBy: 'h',
});
const query = task('q', 'query', { createdBy: 'h', createdAt: place('/shop/cart.ts:7 load'), awaits: ['t'] });
const timer = task('t', 'setTimeout', {
  kind: 'timer',
  type: 'Timeout',
  detail: '5 ms left',
  createdBy: 'q',
});
const other = task('o', 'other');

const shop = (...tasks: Task[]): Snapshot => snapshotOf(processOf(tasks));
const whole = shop(request, handler, all, query, timer, other);

function follow(snapshot: Snapshot, id = 'q'): FollowedTask {
  const followed = followTask(snapshot, 's1', id);
  assert.ok(followed);
  return followed;
}

function rowsOf(snapshot: Snapshot, followed: FollowedTask): Row[] {
  return taskRows(snapshot, { ...plainOptions, filter: 'no such text', follow: followed });
}

describe('A followed task', () => {
  it('is shown alone: what it waits for, who waits for it, who called it', () => {
    assert.equal(
      treeText(rowsOf(whole, follow(whole))),
      `
query  ⟶ setTimeout · 1.2 s  cart.ts:7
  setTimeout  5 ms left
Awaited by  1 task
  Promise.all  ⟶ query · 1.2 s
    handler  ⟶ Promise.all · 1.2 s  server.ts:9
Called by  2 callers
  handler  called query  cart.ts:7
  GET /cart  called handler  server.ts:9`.trim(),
    );
  });

  it('has rows that lead to the calls and to the callers', () => {
    const followed = follow(whole);
    const chain = rowsOf(whole, followed).find(({ id }) => id === creationRowId(followed));
    const [caller] = chain?.children ?? [];
    assert.deepEqual([caller?.awaitSite?.line, caller?.task, caller?.context], [7, 'h', 'task awaitSite']);
  });

  it('stays with its result when it ends, and when the result is kept no longer', () => {
    let followed: FollowedTask | undefined = follow(whole);
    assert.equal(hasEnded(followed), false);
    const ended = { ...query, state: 'fulfilled' as const, result: '42', endedAgoMs: 500, awaits: [] };
    const after = shop(request, handler, ended);
    followed = followOn(followed, after);
    assert.ok(followed && hasEnded(followed));
    assert.match(treeText(rowsOf(after, followed)), /^query {2}fulfilled 42 · 500 ms ago {2}cart\.ts:7\n/);

    const later = shop(other);
    followed = followOn(followed, later);
    assert.ok(followed && hasEnded(followed));
    assert.equal(
      treeText(rowsOf(later, followed)),
      `
query  fulfilled 42  cart.ts:7
Called by  2 callers
  handler  called query  cart.ts:7
  GET /cart  called handler  server.ts:9`.trim(),
    );
    assert.equal(
      allRows(rowsOf(later, followed)).some((row) => row.task !== undefined),
      false,
    );
  });

  it('that goes without a result is said to have ended', () => {
    const followed = followOn(follow(whole), shop(other));
    assert.ok(followed && hasEnded(followed));
    assert.match(treeText(rowsOf(shop(other), followed)), /^query {2}ended\n/);
  });

  it('remembers callers that went before it', () => {
    const followed = followOn(follow(whole), shop(query));
    assert.ok(followed);
    assert.match(treeText(rowsOf(shop(query), followed)), /GET \/cart/);
  });

  it('is given up with its process, and none is found where there is none', () => {
    assert.equal(followOn(follow(whole), snapshotOf()), undefined);
    assert.equal(followTask(whole, 's1', 'nope'), undefined);
    assert.equal(followTask(whole, 's2', 'q'), undefined);
    assert.deepEqual(rowsOf(snapshotOf(), follow(whole)), []);
  });

  it('has rows with ids of their own that survive a refresh and its callers’ end', () => {
    const followed = follow(whole);
    const ids = (snapshot: Snapshot): string[] => allRows(rowsOf(snapshot, followed)).map(({ id }) => id);
    assert.equal(new Set(ids(whole)).size, ids(whole).length);
    assert.deepEqual(ids(shop(request, handler, all, query, timer)), ids(whole));
  });

  it('may wait in a circle', () => {
    const circle = shop(
      task('a', 'a', { awaits: ['b'], circle: true, createdBy: 'b' }),
      task('b', 'b', { awaits: ['a'], circle: true, createdBy: 'a' }),
    );
    assert.ok(allRows(rowsOf(circle, follow(circle, 'a'))).length < 10);
  });
});
