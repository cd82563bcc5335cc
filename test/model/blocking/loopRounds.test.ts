import assert from 'node:assert/strict';
import type { TimedWarning } from '../../../src/protocol/snapshot.js';
import type { WireIteration } from '../../../src/protocol/wire.js';
import { connected, site } from '../../support/wire.js';

function iteration(over: Partial<WireIteration> = {}): WireIteration {
  const { durationMs = 2100 } = over;
  return {
    seq: 1,
    startedMs: 0,
    durationMs,
    cpuMs: durationMs,
    ongoing: false,
    callbacks: 14_000,
    counted: 10_000,
    groups: [
      { type: 'Timeout', site: 1, count: 9_500 },
      { type: 'Timeout', site: 0, count: 300 },
      { type: 'TCPWRAP', site: 0, count: 200 },
    ],
    ...over,
  };
}

function watched() {
  const { debuggee, poll } = connected();
  const heard: TimedWarning[] = [];
  debuggee.onDidWarn((warning) => heard.push(warning));
  poll({ scripts: ['/shop/jobs.ts'], sites: [site(1), site(12, 'schedule')] });
  return {
    debuggee,
    heard,
    round: (over: Partial<WireIteration>, nowMs = 2200) => {
      poll({ nowMs, loop: { idleMs: 0, turnMaxMs: 1, turns: 1, iterations: [iteration(over)] } });
    },
    poll,
  };
}

describe('LoopRounds', () => {
  it('tells of a round of many short callbacks while it goes on and when it has ended', () => {
    const { debuggee, heard, round } = watched();
    round({ durationMs: 1200, ongoing: true }, 1200);
    assert.equal(debuggee.snapshot(1200).state, 'blocked');
    assert.deepEqual(debuggee.snapshot(1200).blocked, {
      durationMs: 1200,
      what: '14,000 short callbacks (setTimeout 98 %)',
      stack: [],
      site: { file: '/shop/jobs.ts', line: 12, column: 5, function: 'schedule' },
    });
    round({ durationMs: 1400, ongoing: true }, 1400);
    round({});
    assert.deepEqual(
      heard.map(({ kind, ongoing, count, message }) => ({ kind, ongoing, count, message })),
      [
        {
          kind: 'loop',
          ongoing: true,
          count: 1,
          message: 'The event loop has had no pause for 1.2 s: 14,000 short callbacks (setTimeout 98 %)',
        },
        {
          kind: 'loop',
          ongoing: false,
          count: 1,
          message: 'The event loop had no pause for 2.1 s: 14,000 short callbacks (setTimeout 98 %)',
        },
      ],
    );
    assert.equal(heard[0]?.id, heard[1]?.id);
    assert.equal(debuggee.snapshot(2300).state, 'running');
  });

  it('keeps its id while what most callbacks are changes', () => {
    const { heard, round } = watched();
    round({ durationMs: 1200, ongoing: true }, 1200);
    round({ groups: [{ type: 'Immediate', site: 0, count: 9_000 }] });
    assert.equal(heard[0]?.id, heard[1]?.id);
  });

  it('ends with the next poll that does not tell of it, and with the program', () => {
    const first = watched();
    first.round({ durationMs: 1200, ongoing: true }, 1200);
    first.poll({ nowMs: 1400 });
    assert.equal(first.heard.at(-1)?.ongoing, false);
    const second = watched();
    second.round({ durationMs: 1200, ongoing: true }, 1200);
    second.debuggee.end();
    assert.equal(second.heard.at(-1)?.ongoing, false);
  });

  it('says nothing of a round that is not much over the threshold', () => {
    const { heard, round } = watched();
    round({ durationMs: 900 });
    assert.deepEqual(heard, []);
  });

  it('says nothing where the thread did not run, or the debugger held it', () => {
    const stopped = watched();
    stopped.round({ cpuMs: 300 });
    assert.deepEqual(stopped.heard, []);
    const paused = watched();
    paused.debuggee.paused(200);
    paused.debuggee.resumed(1900);
    paused.round({});
    assert.deepEqual(paused.heard, []);
  });

  it('tells of timers that such a round has made late', () => {
    const { heard, round } = watched();
    round({ durationMs: 480, late: { count: 900, worstMs: 430, site: 1 } });
    assert.deepEqual(
      heard.map(({ kind, durationMs, message, site: at }) => ({ kind, durationMs, message, line: at?.line })),
      [
        {
          kind: 'lateTimers',
          durationMs: 430,
          message: 'Timers fired up to 430 ms late: 14,000 short callbacks (setTimeout 98 %) came first',
          line: 12,
        },
      ],
    );
  });

  it('says nothing of timers that are late because others had the processor', () => {
    const { heard, round } = watched();
    round({ durationMs: 480, cpuMs: 290, late: { count: 900, worstMs: 280, site: 1 } });
    assert.deepEqual(heard, []);
  });

  it('says nothing with the watch switched off', () => {
    const { debuggee, heard, round } = watched();
    debuggee.thresholdMs = 0;
    round({});
    assert.deepEqual(heard, []);
  });
});
