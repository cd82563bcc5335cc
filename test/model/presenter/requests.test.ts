import assert from 'node:assert/strict';
import { rowOf, treeOf } from '../../support/taskRows.js';
import { place, task } from '../../support/tasks.js';
import type { Task } from '../../../src/protocol/snapshot.js';

const request = (id: string, name: string, over: Partial<Task> = {}): Task =>
  task(id, name, { kind: 'operation', type: 'HTTPSERVERREQUEST', state: 'pending', ...over });

describe('An HTTP request', () => {
  it('is a root, and below it stands what it has begun', () => {
    assert.equal(
      treeOf([
        task('main', 'main'),
        request('r', 'GET /cart'),
        task('h', 'handler', { createdBy: 'r', awaits: ['q'] }),
        task('q', 'query', { createdBy: 'h', awaits: ['t'] }),
        task('t', 'setTimeout 10 ms', {
          kind: 'timer',
          type: 'Timeout',
          createdBy: 'q',
          detail: '5 ms left',
        }),
      ]),
      `
main  awaiting · 1.2 s
GET /cart  ⟶ query ⟶ setTimeout 10 ms · 1.2 s
  handler  ⟶ query · 1.2 s
    query  ⟶ setTimeout 10 ms · 1.2 s
      setTimeout 10 ms  5 ms left`.trim(),
    );
  });

  it('tells the end of a long way of calls, but not a promise that says nothing', () => {
    const calls = ['next', 'log', 'next', 'acquire'].map((name, n) =>
      task(`c${n}`, name, { createdBy: 'r', awaits: [`c${n + 1}`] }),
    );
    const description = (last: Task): string | undefined =>
      rowOf(
        [request('r', 'GET /'), task('h', 'handle', { createdBy: 'r', awaits: ['c0'] }), ...calls, last],
        'GET /',
      )?.description;
    const promise = { kind: 'promise', type: 'new Promise', state: 'pending' } as const;
    assert.equal(description(task('c4', 'new Promise', promise)), '⟶ next ⟶ … ⟶ acquire · 1.2 s');
    assert.equal(description(task('c4', 'connect (pg)', promise)), '⟶ next ⟶ … ⟶ connect (pg) · 1.2 s');
    assert.equal(
      description(task('c4', 'log', { awaits: ['c0'], circle: true })),
      '⟶ next ⟶ … ⟶ log · 1.2 s',
    );
  });

  it('has below it also what a task of it began and does not await', () => {
    assert.equal(
      treeOf([
        request('r', 'GET /cart'),
        task('h', 'handler', { createdBy: 'r' }),
        task('l', 'log', { createdBy: 'h' }),
        task('o', 'other', { createdBy: 'gone' }),
      ]),
      `
GET /cart  ⟶ 2 tasks · 1.2 s
  handler  awaiting · 1.2 s
  log  awaiting · 1.2 s
other  awaiting · 1.2 s`.trim(),
    );
  });

  it('finds what it has begun behind functions of packages that are hidden', () => {
    assert.equal(
      treeOf([
        request('r', 'GET /cart'),
        task('f', 'dispatch', {
          createdBy: 'r',
          awaits: ['h'],
          definedAt: place('/shop/node_modules/fastify/index.js:1'),
        }),
        task('h', 'handler', { createdBy: 'f' }),
      ]),
      'GET /cart  awaiting · 1.2 s\n  handler  awaiting · 1.2 s',
    );
  });

  it('keeps its own tasks apart from those of another request that it caused', () => {
    assert.equal(
      treeOf([
        request('r1', 'GET /cart'),
        task('h1', 'cart', { createdBy: 'r1' }),
        request('r2', 'GET /price', { createdBy: 'h1' }),
        task('h2', 'price', { createdBy: 'r2' }),
      ]),
      `
GET /cart  awaiting · 1.2 s
  cart  awaiting · 1.2 s
GET /price  awaiting · 1.2 s
  price  awaiting · 1.2 s`.trim(),
    );
  });

  it('tells an operation that it waits for, and folds away what has ended', () => {
    assert.equal(
      treeOf([
        request('r', 'GET /pay'),
        task('t', 'setTimeout 900 ms', {
          kind: 'timer',
          type: 'Timeout',
          createdBy: 'r',
          detail: '58 ms left',
        }),
        task('e', 'check', { createdBy: 'r', state: 'fulfilled', endedAgoMs: 5 }),
      ]),
      `
GET /pay  ⟶ setTimeout 900 ms · 1.2 s
  setTimeout 900 ms  58 ms left
  Ended  1 task
    check  fulfilled · 5 ms ago`.trim(),
    );
  });

  it('stays above what the filter asks for', () => {
    const shop = [
      request('r1', 'GET /cart'),
      task('h1', 'cart', { createdBy: 'r1', awaits: ['q'] }),
      task('q', 'query', { createdBy: 'h1' }),
      request('r2', 'GET /price'),
      task('h2', 'price', { createdBy: 'r2' }),
    ];
    assert.deepEqual(labels(treeOf(shop, { filter: '"query" -GET' })), ['GET /cart', 'cart', 'query']);
    assert.deepEqual(labels(treeOf(shop, { filter: 'GET /price' })), ['GET /price', 'price']);
  });

  it('survives tasks that claim to have created each other', () => {
    assert.deepEqual(
      labels(
        treeOf([
          request('r', 'GET /'),
          task('a', 'a', { createdBy: 'b' }),
          task('b', 'b', { createdBy: 'a' }),
        ]),
      ),
      ['GET /', 'a', 'b'],
    );
  });
});

function labels(tree: string): string[] {
  return tree.split('\n').map((line) => line.trim().split('  ')[0] ?? '');
}
