import assert from 'node:assert/strict';
import { type DebuggerFrame, pausedAt, pausedFrames, taskAtFrame } from '../../src/model/pausedAt.js';
import type { Site, Task } from '../../src/protocol/snapshot.js';
import type { WireFrame } from '../../src/protocol/wire.js';
import { task } from '../support/tasks.js';

const FILE = '/shop/cart.js';

const frame = (name: string, line: number, url = FILE): WireFrame => ({
  url,
  line,
  column: 5,
  function: name,
});
const start = (name: string, line: number, begins: number): DebuggerFrame => ({
  line,
  column: 5,
  function: name,
  begins: { line: begins, column: 20 },
});
const resolve = ({ url, line, column, function: name }: WireFrame): Site => ({
  file: url,
  line,
  column,
  function: name,
});
const running = (id: string, line: number, more: Partial<Task> = {}): Task =>
  task(id, id, { state: 'running', definedAt: { file: FILE, line, column: 20 }, ...more });

describe('Where the debugger stands', () => {
  const stack = [frame('priceOf', 8), frame('async checkout', 13), frame('run', 40, 'node:internal/timers')];
  const starts = [start('priceOf', 8, 6), start('checkout', 13, 11), start('run', 40, 30)];
  const frames = pausedFrames(stack, starts);

  it('is in the innermost task on the stack, at the line of its own function', () => {
    const paused = pausedAt(frames, [[running('main', 22), running('checkout', 11)]], resolve);
    assert.equal(paused.site?.line, 8);
    assert.equal(paused.task, 'checkout');
    assert.equal(paused.taskSite?.line, 13);
  });

  it('is in none that does not run, or whose function is not on the stack', () => {
    const others = [running('checkout', 11, { state: 'awaiting' }), running('main', 22)];
    assert.deepEqual(pausedAt(frames, [others], resolve), { site: resolve(frame('priceOf', 8)) });
  });

  it('is not told where one of two calls of a function may have returned', () => {
    const twice = [running('one', 11), running('other', 11), running('main', 40)];
    assert.equal(pausedAt(frames, [twice], resolve).task, undefined);
  });

  it('is not told where the debugger and the program do not see the same frame', () => {
    const moved = pausedFrames([frame('checkout', 14)], starts);
    assert.equal(pausedAt(moved, [[running('checkout', 11)]], resolve).task, undefined);
  });

  it('is in the program’s own code, not in that of Node above it', () => {
    const inside = pausedFrames([frame('log', 3, 'node:internal/console'), ...stack], starts);
    assert.equal(pausedAt(inside, [], resolve).site?.line, 8);
  });

  it('tells the task of a frame, or of the one that awaits there', () => {
    const waiting = running('main', 22, {
      state: 'awaiting',
      awaitingAt: { file: FILE, line: 23, column: 3 },
    });
    const pieces = [[running('checkout', 11), waiting]];
    assert.equal(taskAtFrame({ file: FILE, line: 8 }, frames, pieces, resolve), 'checkout');
    assert.equal(taskAtFrame({ file: FILE, line: 13 }, frames, pieces, resolve), 'checkout');
    assert.equal(taskAtFrame({ file: FILE, line: 23 }, frames, pieces, resolve), 'main');
    assert.equal(taskAtFrame({ file: FILE, line: 24 }, frames, pieces, resolve), undefined);
    const two = [[...(pieces[0] ?? []), { ...waiting, id: 'again' }]];
    assert.equal(taskAtFrame({ file: FILE, line: 23 }, frames, two, resolve), undefined);
  });
});
