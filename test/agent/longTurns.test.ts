import assert from 'node:assert/strict';
import { Collections } from '../../src/agent/eventLoop/garbageCollections.js';
import { Reactions } from '../../src/agent/promises/reactions.js';

describe('Collections', () => {
  /** So much that some of it survives and must be moved. */
  function makeGarbage(): number {
    const kept: object[] = [];
    for (let i = 0; i < 1_000_000; i++) kept[i % 50_000] = { pair: [i, i + 1] };
    return kept.length;
  }

  it('tells what was collected since it was asked for the first time', () => {
    const collections = new Collections();
    assert.equal(collections.time(performance.now()), undefined);
    makeGarbage();
    const found = collections.time(performance.now());
    makeGarbage();
    const all = collections.end(performance.now());
    assert.ok(found && all);
    assert.ok(found.ms > 0 && found.ms <= found.ofMs, JSON.stringify(found));
    assert.ok(all.ms > found.ms && all.ofMs > found.ofMs, JSON.stringify(all));
  });

  it('begins anew with each turn, and tells nothing of those that were not looked at', () => {
    const collections = new Collections();
    collections.time(0);
    makeGarbage();
    collections.end(100_000);
    assert.equal(collections.end(200_000), undefined);
    assert.equal(collections.time(300_000), undefined);
    assert.equal(collections.end(300_010)?.ofMs, 10);
  });

  it('never tells of more than the time it looked at', () => {
    const collections = new Collections();
    collections.time(0);
    makeGarbage();
    assert.deepEqual(collections.end(0.001), { ms: 0.001, ofMs: 0.001 });
  });
});

describe('Reactions', () => {
  it('sees once whether another one has begun', async () => {
    const reactions = new Reactions();
    const first = reactions.look();
    assert.equal(reactions.look(), first);
    for (let i = 0; i < 10; i++) await Promise.resolve();
    assert.equal(reactions.look(), first + 1);
    reactions.stop();
    await Promise.resolve();
    assert.equal(reactions.look(), first + 1);
    await Promise.resolve();
    assert.equal(reactions.look(), first + 2);
    reactions.stop();
  });
});
