import assert from 'node:assert/strict';
import { stillWaiting } from '../../../src/model/tasks/stillWaiting.js';
import type { Task } from '../../../src/protocol/snapshot.js';
import { place, processOf, task } from '../../support/tasks.js';

function waiting(...tasks: Task[]): string[] {
  return stillWaiting(processOf(tasks).tasks).map(({ name }) => name);
}

const promise = (id: string, over: Partial<Task> = {}): Task =>
  task(id, 'new Promise', { kind: 'promise', type: 'new Promise', state: 'pending', ...over });
const then = (id: string, over: Partial<Task> = {}): Task =>
  task(id, '.then', { kind: 'promise', type: '.then', state: 'pending', ...over });

describe('stillWaiting', () => {
  it('keeps tasks that wait, and what they wait for', () => {
    assert.deepEqual(waiting(task('1', 'main', { awaits: ['2'] }), promise('2')), ['main', 'new Promise']);
    assert.deepEqual(waiting(task('1', 'main')), ['main'], 'also where that is not known');
  });

  it('keeps what has a then of the program', () => {
    assert.deepEqual(waiting(promise('1'), then('2', { awaits: ['1'] })), ['new Promise', '.then']);
    assert.deepEqual(waiting(then('1')), [], 'but not where it is not known for what');
  });

  it('leaves out what nobody waits for', () => {
    const timer = task('3', 'setInterval', { kind: 'timer', type: 'Timeout', state: 'pending' });
    const resource = task('4', 'Test', { kind: 'operation', type: 'Test', state: 'pending' });
    const server = task('5', 'TCP server', { kind: 'handle', type: 'TCPSERVERWRAP', state: 'pending' });
    assert.deepEqual(waiting(promise('1'), promise('2', { awaits: ['3'] }), timer, resource, server), []);
  });

  it('leaves out what runs or could go on, and what waits for nothing else', () => {
    const shutDown = task('1', 'shutDown', { state: 'running' });
    const main = task('2', 'main', { awaits: ['1'] });
    const ready = task('3', 'ready', { state: 'ready' });
    assert.deepEqual(waiting(shutDown, main, then('4', { awaits: ['2'] }), ready), []);
  });

  it('keeps what waits for something else as well', () => {
    const all = task('1', 'Promise.all', {
      kind: 'combinator',
      type: 'Promise.all',
      state: 'pending',
      awaits: ['2', '3'],
    });
    const tasks = [task('0', 'main', { awaits: ['1'] }), all, task('2', 'quit', { state: 'running' })];
    assert.deepEqual(waiting(...tasks, task('3', 'load')), ['main', 'Promise.all', 'quit', 'load']);
  });

  it('keeps circles', () => {
    assert.deepEqual(waiting(task('1', 'a', { awaits: ['2'] }), task('2', 'b', { awaits: ['1'] })), [
      'a',
      'b',
    ]);
  });

  it('leaves out tasks of Node itself, but for those that the program waits for', () => {
    const inNode = { definedAt: place('node:internal/streams/readable:10') };
    assert.deepEqual(waiting(task('1', 'createAsyncIterator', inNode)), []);
    const main = task('2', 'main', { awaits: ['1'], definedAt: place('/shop/main.js:1') });
    assert.deepEqual(waiting(task('1', 'pipeline', inNode), main), ['pipeline', 'main']);
  });

  it('leaves out what has ended', () => {
    assert.deepEqual(waiting(task('1', 'main', { state: 'fulfilled', endedAgoMs: 5 })), []);
  });
});
