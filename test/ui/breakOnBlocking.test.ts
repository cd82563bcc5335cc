import assert from 'node:assert/strict';
import { Emitter } from '../../src/base/emitter.js';
import { silentLogger } from '../../src/base/logger.js';
import type { Snapshot } from '../../src/protocol/snapshot.js';
import { BreakOnBlocking } from '../../src/ui/warnings/breakOnBlocking.js';
import { settle } from '../support/fakeClock.js';
import { connected, frame, turn } from '../support/wire.js';

describe('BreakOnBlocking', () => {
  it('pauses once in a block that lasts too long', () => {
    const { breaking, block, paused } = start();
    breaking.isOn = true;
    block(1, 900);
    assert.deepEqual(paused, []);
    block(1, 1_000);
    block(1, 1_100);
    block(1, 60_000);
    assert.deepEqual(paused, ['s1']);
  });

  it('pauses again in the next block', () => {
    const { breaking, block, paused } = start();
    breaking.isOn = true;
    block(1, 1_500);
    block(2, 1_500);
    assert.deepEqual(paused, ['s1', 's1']);
  });

  it('does nothing while the debugger holds the program, nor again in the same block afterwards', () => {
    const { breaking, block, paused, debuggee } = start();
    block(1, 1_500);
    debuggee.paused(1_500);
    breaking.isOn = true;
    block(1, 2_000);
    assert.deepEqual(paused, []);
    debuggee.resumed(2_000);
    block(1, 2_100);
    assert.deepEqual(paused, ['s1']);
    debuggee.paused(2_200);
    block(1, 3_000);
    debuggee.resumed(3_000);
    block(1, 9_000);
    assert.deepEqual(paused, ['s1']);
  });

  it('is off until it is switched on, then looks at once, and off again after that', () => {
    const { breaking, block, paused, keys } = start();
    block(1, 1_500);
    assert.deepEqual(paused, []);
    breaking.isOn = true;
    assert.deepEqual(paused, ['s1']);
    breaking.isOn = false;
    block(2, 1_500);
    assert.deepEqual(paused, ['s1']);
    assert.deepEqual(keys, [
      ['asyncDebugger.breaksOnBlocking', true],
      ['asyncDebugger.breaksOnBlocking', false],
    ]);
  });

  it('goes on when the debugger refuses to pause', async () => {
    const { breaking, block, paused } = start({ fails: true });
    breaking.isOn = true;
    block(1, 1_500);
    await settle();
    block(2, 1_500);
    assert.deepEqual(paused, ['s1', 's1']);
  });

  it('tells when it is switched, and nothing after its end', () => {
    const { breaking, block, paused } = start();
    let count = 0;
    breaking.onDidChange(() => (count += 1));
    breaking.isOn = true;
    breaking.isOn = true;
    assert.equal(count, 1);
    breaking.dispose();
    block(1, 1_500);
    assert.deepEqual(paused, []);
  });
});

/** `block`: the turn `seq` has lasted so long; turns begin 100 s apart. */
function start({ fails = false } = {}) {
  const { debuggee, poll } = connected();
  const changed = new Emitter<void>(assert.ifError);
  const paused: string[] = [];
  const keys: unknown[][] = [];
  let nowMs = 0;
  const breaking = new BreakOnBlocking(
    {
      live: {
        get live(): Snapshot {
          return { version: 1, takenAt: '', processes: [debuggee.snapshot(nowMs)] };
        },
        onDidChange: changed.event,
      },
      settings: { value: { 'blocking.breakAfterMs': 1_000 } },
      contextKeys: { set: (...change) => void keys.push(change) },
      pause: (session) => {
        paused.push(session);
        return fails ? Promise.reject(new Error('no')) : Promise.resolve();
      },
    },
    silentLogger,
  );
  const block = (seq: number, durationMs: number): void => {
    const startedMs = (seq - 1) * 100_000;
    nowMs = startedMs + durationMs;
    poll({
      nowMs,
      turn: turn({ seq, startedMs, stack: [frame('spin /shop/spin.ts:3')] }),
    });
    changed.fire();
  };
  return { breaking, block, paused, keys, debuggee };
}
