import assert from 'node:assert/strict';
import { DisposableStore, toDisposable } from '../../src/base/disposable.js';

describe('DisposableStore', () => {
  it('disposes last in, first out', () => {
    const order: string[] = [];
    const store = new DisposableStore();
    store.add(toDisposable(() => order.push('first')));
    store.add(toDisposable(() => order.push('second')));
    store.dispose();
    assert.deepEqual(order, ['second', 'first']);
  });

  it('disposes at once what is added after dispose', () => {
    const store = new DisposableStore();
    store.dispose();
    let disposed = false;
    store.add(toDisposable(() => (disposed = true)));
    assert.ok(disposed);
  });

  it('disposes the rest when one member fails, then throws that failure', () => {
    const order: string[] = [];
    const store = new DisposableStore();
    store.add(toDisposable(() => order.push('first')));
    store.add(
      toDisposable(() => {
        throw new Error('no');
      }),
    );
    assert.throws(() => store.dispose(), /^Error: no$/);
    assert.deepEqual(order, ['first']);
  });
});

describe('toDisposable', () => {
  it('runs once', () => {
    let runs = 0;
    const disposable = toDisposable(() => runs++);
    disposable.dispose();
    disposable.dispose();
    assert.equal(runs, 1);
  });
});
