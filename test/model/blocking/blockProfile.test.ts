import assert from 'node:assert/strict';
import { isBlocking } from '../../../src/protocol/snapshot.js';
import { block, connected, frame, turn } from '../../support/wire.js';

/** A block of 400 ms that was looked at every 100 ms. */
function blockedTimes(times: number) {
  const { debuggee, poll } = connected();
  for (let seq = 1; seq <= times; seq++) {
    const startedMs = seq * 1_000;
    for (const [ms, line] of [
      [100, 88],
      [200, 88],
      [300, 90],
    ] as const) {
      const stack = [`parse /shop/report.ts:${line}`, `serve${seq} /shop/server.ts:5`].map(frame);
      poll({ nowMs: startedMs + ms, turn: turn({ seq, startedMs, stack }) });
    }
    poll({ nowMs: startedMs + 500, blocks: [block({ seq, startedMs, durationMs: 400 })] });
  }
  const [warning] = debuggee.snapshot(1e5).warnings.filter(isBlocking);
  assert.ok(warning);
  return { debuggee, warning };
}

describe('The profile of a block', () => {
  it('lasts as long as the block and stands where it was', () => {
    const { debuggee, warning } = blockedTimes(1);
    const profile = debuggee.profile(warning.id);
    assert.ok(profile);
    assert.equal(profile.endTime - profile.startTime, 400_000);
    assert.deepEqual(
      profile.nodes.map(({ callFrame }) => [callFrame.functionName, callFrame.lineNumber]),
      [
        ['(root)', -1],
        ['serve1', 4],
        ['parse', 87],
      ],
    );
    assert.deepEqual(profile.nodes[2]?.positionTicks, [
      { line: 88, ticks: 2 },
      { line: 90, ticks: 1 },
    ]);
  });

  it('is that of the latest block, or of the one that is asked for', () => {
    const { debuggee, warning } = blockedTimes(3);
    const caller = (seq?: number) => debuggee.profile(warning.id, seq)?.nodes[1]?.callFrame.functionName;
    assert.equal(caller(), 'serve3');
    assert.equal(caller(2), 'serve2');
    assert.equal(caller(99), undefined);
    assert.equal(debuggee.profile('s1:blocking:gone'), undefined);
  });

  it('is kept of the latest blocks of a place alone, and after the end of the program', () => {
    const { debuggee, warning } = blockedTimes(8);
    debuggee.end();
    const kept = [1, 2, 3, 4, 5, 6, 7, 8].filter((seq) => debuggee.profile(warning.id, seq));
    assert.deepEqual(kept, [4, 5, 6, 7, 8]);
  });

  it('can be had while the block goes on', () => {
    const { debuggee, poll } = connected();
    poll({ nowMs: 3_000, turn: turn({ stack: [frame('spin /shop/spin.ts:3')] }) });
    const [warning] = debuggee.snapshot(3_000).warnings;
    assert.equal(debuggee.profile(warning?.id ?? '')?.endTime, 3_000_000);
  });
});
