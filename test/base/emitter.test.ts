import assert from 'node:assert/strict';
import { Emitter } from '../../src/base/emitter.js';

describe('Emitter', () => {
  it('calls its listeners in the order they came', () => {
    const emitter = new Emitter<number>(unexpected);
    const seen: string[] = [];
    emitter.event((value) => seen.push(`a${value}`));
    emitter.event((value) => seen.push(`b${value}`));
    emitter.fire(1);
    assert.deepEqual(seen, ['a1', 'b1']);
  });

  it('hands on what a listener throws, and goes on', () => {
    const errors: unknown[] = [];
    const emitter = new Emitter<void>((error) => errors.push(error));
    let called = false;
    emitter.event(() => {
      throw new Error('no');
    });
    emitter.event(() => (called = true));
    emitter.fire();
    assert.ok(called);
    assert.equal(errors.length, 1);
  });

  it('keeps two subscriptions of one function apart', () => {
    const emitter = new Emitter<void>(unexpected);
    let calls = 0;
    const listener = (): void => {
      calls++;
    };
    const first = emitter.event(listener);
    emitter.event(listener);
    first.dispose();
    emitter.fire();
    assert.equal(calls, 1);
  });

  it('is silent after dispose', () => {
    const emitter = new Emitter<void>(unexpected);
    emitter.event(unexpected);
    emitter.dispose();
    emitter.fire();
  });
});

function unexpected(): never {
  assert.fail('not expected');
}
