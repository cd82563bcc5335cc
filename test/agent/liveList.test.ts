import assert from 'node:assert/strict';
import { LiveList, targetOf } from '../../src/agent/liveList.js';
import { type AsyncRecord, extraOf, Kind } from '../../src/agent/records.js';
import { isOver, SilentEnds } from '../../src/agent/silentEnds.js';

/** Makes a record and fills it, as a hook does. */
function make(live: LiveList, kind: Kind, bornMs: number, target: object): AsyncRecord {
  const record = live.create(kind, bornMs, target, 0);
  live.isFilling = false;
  return record;
}

describe('LiveList', () => {
  it('has no target for a record that ended after it was weakened', () => {
    const live = new LiveList();
    const record = make(live, Kind.Resource, 0, {});
    live.weaken(5_000, 10, isOver);
    assert.ok(targetOf(record) !== null);
    live.end(record);
    assert.equal(targetOf(record), null);
  });

  it('follows another target in place of the first one, weakened or not', () => {
    const live = new LiveList();
    const [weak, young] = [0, 5_000].map((bornMs) => make(live, Kind.Function, bornMs, {}));
    assert.ok(weak && young);
    live.weaken(5_000, 10, isOver);
    for (const record of [weak, young]) {
      const target = {};
      live.follow(record, target);
      assert.equal(targetOf(record), target);
    }
  });

  it('hands out each record once, then only what changed or ended', () => {
    const live = new LiveList();
    const taken: number[] = [];
    const take = (limit: number): boolean => live.take(limit, (record: AsyncRecord) => taken.push(record.id));
    const [first, second] = [1, 2, 3].map(() => make(live, Kind.New, 0, {}));
    assert.ok(first && second);
    assert.equal(take(2), true);
    assert.equal(take(2), false);
    assert.deepEqual(taken.splice(0), [1, 2, 3]);
    live.touch(second);
    live.touch(second);
    live.end(first);
    assert.equal(take(10), false);
    assert.deepEqual(taken, [2]);
    assert.deepEqual(live.takeEnded(10), [1]);
  });

  it('says nothing of what was born and ended between two beats', () => {
    const live = new LiveList();
    live.end(make(live, Kind.New, 0, {}));
    live.take(10, () => assert.fail('nothing is left'));
    assert.deepEqual(live.takeEnded(10), []);
  });

  it('tells everything again in a new conversation', () => {
    const live = new LiveList();
    make(live, Kind.New, 0, {});
    let sent = 0;
    live.take(10, () => sent++);
    live.forgetSent();
    live.take(10, () => sent++);
    assert.equal(sent, 2);
  });

  it('tells changes of a new conversation, whatever was left to tell in the last one', () => {
    const live = new LiveList();
    const taken: number[] = [];
    const take = (): boolean => live.take(10, (record) => taken.push(record.id));
    const record = make(live, Kind.New, 0, {});
    take();
    live.touch(record);
    live.forgetSent();
    live.touch(record);
    take();
    live.touch(record);
    take();
    take();
    assert.deepEqual(taken, [1, 1, 1]);
  });

  it('does not hand out a record that a hook is still filling', () => {
    const live = new LiveList();
    const taken: number[] = [];
    const take = (): boolean => live.take(10, (record) => taken.push(record.id));
    make(live, Kind.New, 0, {});
    const filling = live.create(Kind.New, 0, {}, 0);
    take();
    assert.deepEqual(taken, [1]);
    live.isFilling = false;
    take();
    assert.deepEqual(taken, [1, filling.id]);
  });

  it('holds young records and lets go of old ones', () => {
    const live = new LiveList();
    const old = make(live, Kind.New, 0, {});
    const young = make(live, Kind.New, 4_500, {});
    live.weaken(5_000, 10, isOver);
    assert.ok(old.ref instanceof WeakRef);
    assert.ok(!(young.ref instanceof WeakRef));
  });

  it('ends a cleared timer instead of letting go of it', () => {
    const live = new LiveList();
    const timer = { _destroyed: false };
    const record = make(live, Kind.Resource, 0, timer);
    extraOf(record).type = 'Timeout';
    timer._destroyed = true;
    live.weaken(5_000, 10, isOver);
    assert.equal(live.size, 0);
  });
});

describe('SilentEnds', () => {
  it('finds each timer that was cleared since the host was told of it', () => {
    const live = new LiveList();
    const silentEnds = new SilentEnds(live);
    const timers = Array.from({ length: 5_000 }, () => ({ _destroyed: false }));
    for (const timer of timers) {
      const record = make(live, Kind.Resource, 0, timer);
      extraOf(record).type = 'Timeout';
      silentEnds.watch(record, true);
    }
    for (const [i, timer] of timers.entries()) timer._destroyed = i % 2 === 0;
    for (let beat = 0; beat < 3; beat++) silentEnds.sweep();
    assert.equal(live.size, 2_500);
  });
});
