import assert from 'node:assert/strict';
import { LiveList, targetOf } from '../../src/agent/records/liveList.js';
import { type AsyncRecord, extraOf, Flag, Kind } from '../../src/agent/records/records.js';
import { isOver, UnobservedCompletions } from '../../src/agent/resources/unobservedCompletions.js';

/** Makes a record and fills it, as a hook does. */
function make(live: LiveList, kind: Kind, bornMs: number, target: object): AsyncRecord {
  const record = live.create(kind, bornMs, target, 0);
  live.isFilling = false;
  return record;
}

describe('LiveList', () => {
  it('has no target for a record that ended after it was let go', () => {
    const live = new LiveList(isOver);
    const record = make(live, Kind.Resource, 0, {});
    live.letGo(5_000, 10);
    assert.ok(targetOf(record) !== null);
    live.end(record);
    assert.equal(targetOf(record), null);
  });

  it('follows another target in place of the first one, let go or not', () => {
    const live = new LiveList(isOver);
    const [weak, young] = [0, 5_000].map((bornMs) => make(live, Kind.Function, bornMs, {}));
    assert.ok(weak && young);
    weak.flags |= Flag.Synthetic;
    live.letGo(5_000, 10);
    for (const record of [weak, young]) {
      const target = {};
      live.follow(record, target);
      assert.equal(targetOf(record), target);
    }
  });

  it('hands out each record once, then only what changed or ended', () => {
    const live = new LiveList(isOver);
    const taken: number[] = [];
    const take = (limit: number): boolean => live.take(limit, (record: AsyncRecord) => taken.push(record.id));
    const [first, second] = [1, 2, 3].map(() => make(live, Kind.New, 0, {}));
    assert.ok(first && second);
    assert.equal(take(2), true);
    assert.equal(take(2), false);
    assert.deepEqual(taken.splice(0), [1, 2, 3]);
    live.markDirty(second);
    live.markDirty(second);
    live.end(first);
    assert.equal(take(10), false);
    assert.deepEqual(taken, [2]);
    assert.deepEqual(live.takeEnded(10), [1]);
  });

  it('says nothing of what was born and ended between two polls', () => {
    const live = new LiveList(isOver);
    live.end(make(live, Kind.New, 0, {}));
    live.take(10, () => assert.fail('nothing is left'));
    assert.deepEqual(live.takeEnded(10), []);
  });

  it('tells everything again in a new conversation', () => {
    const live = new LiveList(isOver);
    make(live, Kind.New, 0, {});
    let sent = 0;
    live.take(10, () => sent++);
    live.forgetSent();
    live.take(10, () => sent++);
    assert.equal(sent, 2);
  });

  it('tells changes of a new conversation, whatever was left to tell in the last one', () => {
    const live = new LiveList(isOver);
    const taken: number[] = [];
    const take = (): boolean => live.take(10, (record) => taken.push(record.id));
    const record = make(live, Kind.New, 0, {});
    take();
    live.markDirty(record);
    live.forgetSent();
    live.markDirty(record);
    take();
    live.markDirty(record);
    take();
    take();
    assert.deepEqual(taken, [1, 1, 1]);
  });

  it('does not hand out a record that a hook is still filling', () => {
    const live = new LiveList(isOver);
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
    const live = new LiveList(isOver);
    const kinds = [Kind.New, Kind.Resource];
    const old = kinds.map((kind) => make(live, kind, 4_900, {}));
    const young = kinds.map((kind) => make(live, kind, 4_960, {}));
    live.letGo(5_000, 10);
    assert.equal(old[0]?.ref, null);
    assert.ok(old[1]?.ref instanceof WeakRef);
    for (const { ref } of young) assert.ok(ref !== null && !(ref instanceof WeakRef));
  });

  it('holds few promises, however many are pending, and the youngest', () => {
    const live = new LiveList(isOver);
    const records: AsyncRecord[] = [];
    for (let n = 0; n < 40_000; n++) {
      make(live, Kind.Resource, 0, {});
      records.push(make(live, Kind.New, 0, {}));
      if (n % 3 === 0) live.end(records[n - 1] ?? (records[n] as AsyncRecord));
    }
    const held = records.filter(({ ref }) => ref !== null);
    assert.ok(held.length > 0 && held.length <= 16_384, `${held.length}`);
    assert.ok((held[0]?.id ?? 0) > (records[10_000]?.id ?? 0));
    for (const record of records) live.end(record);
    live.letGo(5_000, 10);
    const next = make(live, Kind.New, 5_000, {});
    assert.ok(next.ref !== null);
  });

  it('ends a cleared timer instead of letting go of it', () => {
    const live = new LiveList(isOver);
    const timer = { _destroyed: false };
    const record = make(live, Kind.Resource, 0, timer);
    extraOf(record).type = 'Timeout';
    timer._destroyed = true;
    live.letGo(5_000, 10);
    assert.equal(live.size, 0);
  });
});

describe('UnobservedCompletions', () => {
  it('finds each timer that was cleared since the host was told of it', () => {
    const live = new LiveList(isOver);
    const unobservedCompletions = new UnobservedCompletions(live);
    const timers = Array.from({ length: 5_000 }, () => ({ _destroyed: false }));
    for (const timer of timers) {
      const record = make(live, Kind.Resource, 0, timer);
      extraOf(record).type = 'Timeout';
      unobservedCompletions.watch(record, true);
    }
    for (const [i, timer] of timers.entries()) timer._destroyed = i % 2 === 0;
    for (let poll = 0; poll < 3; poll++) unobservedCompletions.sweep();
    assert.equal(live.size, 2_500);
  });
});
