import assert from 'node:assert/strict';
import { Emitter } from '../../src/base/emitter.js';
import { silentLogger } from '../../src/base/logger.js';
import { LiveSnapshot, type Snapshots, type SnapshotSource } from '../../src/ui/sessions/liveSnapshot.js';
import { BusyClock } from '../support/fakeClock.js';
import { processOf, snapshotOf } from '../support/tasks.js';

describe('LiveSnapshot', () => {
  it('shows changes that come together once', async () => {
    const { clock, source, drawn } = start();
    await clock.pass(1_000);
    source.change();
    source.change();
    await clock.pass(99);
    assert.equal(drawn(), 0);
    await clock.pass(1);
    assert.equal(drawn(), 1);
  });

  it('holds still for a while although changes keep coming', async () => {
    const { clock, source, drawn } = start();
    await clock.pass(1_000);
    for (let index = 0; index < 100; index++) {
      source.change();
      await clock.pass(20);
    }
    assert.ok(drawn() >= 4 && drawn() <= 6, `${drawn()} times in 2 s`);
  });

  it('shows news at once, but not one after the other', async () => {
    const { clock, source, drawn } = start();
    await clock.pass(1_000);
    source.change();
    await clock.pass(100);
    assert.equal(drawn(), 1);
    await clock.pass(10);
    source.change();
    source.tell();
    source.tell();
    await clock.pass(89);
    assert.equal(drawn(), 1);
    await clock.pass(1);
    assert.equal(drawn(), 2);
    await clock.pass(1_000);
    source.tell();
    await clock.pass(20);
    assert.equal(drawn(), 3);
    assert.equal(clock.timerCount, 0);
  });

  it('holds still for longer where a snapshot takes long', async () => {
    const { clock, source, drawn } = start();
    source.onTake = () => (clock.workedMs += 200);
    source.change();
    await clock.pass(1_000);
    assert.equal(drawn(), 1);
    source.change();
    await clock.pass(800);
    assert.equal(drawn(), 1);
    await clock.pass(200);
    assert.equal(drawn(), 2);
  });

  for (const { tookMs, cooldownMs } of [
    { tookMs: 150, cooldownMs: 150 },
    { tookMs: 0, cooldownMs: 50 },
  ])
    it(`goes on soon where there are more tasks than it takes in at once: ${cooldownMs} ms are for others where it took ${tookMs}`, async () => {
      const { clock, source, drawn } = start();
      source.backlog = 2;
      source.onTake = () => {
        clock.workedMs += tookMs;
        source.backlog--;
      };
      source.change();
      await clock.pass(100);
      assert.equal(drawn(), 1);
      await clock.pass(cooldownMs - 1);
      assert.equal(drawn(), 1);
      await clock.pass(1);
      assert.equal(drawn(), 2);
      assert.equal(clock.timerCount, 0);
    });

  it('has no timer while nothing changes', async () => {
    const { clock, source } = start();
    assert.equal(clock.timerCount, 0);
    source.change();
    await clock.pass(1_000);
    assert.equal(clock.timerCount, 0);
  });

  it('leaves no timer behind when it is disposed', () => {
    const { clock, source, live } = start();
    source.change();
    live.dispose();
    assert.equal(clock.timerCount, 0);
  });
});

function start() {
  const clock = new BusyClock();
  const source = new FakeSource();
  const live = new LiveSnapshot(source, clock, silentLogger);
  let count = 0;
  live.onDidChange(() => (count += 1));
  return { clock, source, live, drawn: () => count };
}

class FakeSource implements SnapshotSource {
  private readonly changed = new Emitter<void>(assert.ifError);
  private readonly told = new Emitter<void>(assert.ifError);
  readonly onDidChange = this.changed.event;
  readonly onNews = this.told.event;
  onTake = (): unknown => undefined;
  /** Of the program. */
  backlog = 0;

  change(): void {
    this.changed.fire();
  }

  tell(): void {
    this.told.fire();
  }

  take(): Snapshots {
    this.onTake();
    const { backlog } = this;
    const now = snapshotOf(backlog === 0 ? processOf([]) : { ...processOf([]), backlog });
    return { live: now, all: now, ignored: 0 };
  }
}
