import assert from 'node:assert/strict';
import { endingOf } from '../../../src/model/presenter/index.js';
import { rowOf } from '../../support/taskRows.js';
import { task } from '../../support/tasks.js';

describe('What can be done to a task', () => {
  it('is known by what it stands for, and told to its menu', () => {
    const timer = task('1', 'setTimeout 9 ms', { kind: 'timer', type: 'Timeout', state: 'pending' });
    assert.equal(endingOf(timer), 'clearTimer');
    assert.equal(rowOf([timer], 'setTimeout 9 ms')?.context, 'task clearTimer');
    assert.equal(endingOf(task('2', 'TCP server', { kind: 'handle', type: 'TCPSERVERWRAP' })), 'closeServer');
  });

  it('is nothing to a function, a promise, or what has ended', () => {
    assert.equal(endingOf(task('1', 'load')), undefined);
    assert.equal(endingOf(task('1', 'new Promise', { kind: 'promise', type: 'new Promise' })), undefined);
    const ended = task('1', 'fetch', { type: 'HTTPCLIENTREQUEST', state: 'fulfilled', endedAgoMs: 5 });
    assert.equal(endingOf(ended), undefined);
  });
});
