import type { Poll, WireMade } from '../../protocol/wire.js';
import type { ProcessSnapshot } from '../../protocol/snapshot.js';

/** How busy the event loop is, over a window that slides with the polls. */
export class LoopHealth {
  private samples: Sample[] = [];
  private lastMs: number | undefined;

  /** Begins a conversation: `nowMs` is the debuggee's clock. */
  begin(nowMs: number): void {
    this.samples = [];
    this.lastMs = nowMs;
  }

  /** `held`: the debugger held the program in the time that the poll tells of, so that it says nothing. */
  observe(poll: Pick<Poll, 'nowMs' | 'loop'>, held: boolean): void {
    const elapsedMs = poll.nowMs - (this.lastMs ?? poll.nowMs);
    this.lastMs = poll.nowMs;
    if (held || elapsedMs <= 0) return;
    this.samples.push({
      nowMs: poll.nowMs,
      elapsedMs,
      idleMs: Math.min(elapsedMs, Math.max(0, poll.loop.idleMs)),
      turnMaxMs: Math.max(0, poll.loop.turnMaxMs),
      made: poll.loop.made,
    });
    const oldest = this.samples.findIndex((sample) => sample.nowMs > poll.nowMs - WINDOW_MS);
    this.samples.splice(0, Math.max(oldest, this.samples.length - MAX_SAMPLES));
  }

  value(): ProcessSnapshot['loop'] {
    let elapsedMs = 0;
    let idleMs = 0;
    const made = { promises: 0, resources: 0 };
    for (const sample of this.samples) {
      elapsedMs += sample.elapsedMs;
      idleMs += sample.idleMs;
      made.promises += sample.made?.promises ?? 0;
      made.resources += sample.made?.resources ?? 0;
    }
    const perSecond = (count: number): number => (count * 1_000) / elapsedMs;
    const lags = this.samples.map((sample) => sample.turnMaxMs).sort((a, b) => a - b);
    const rank = (share: number): number => lags[Math.ceil(lags.length * share) - 1] ?? 0;
    return {
      utilization: elapsedMs === 0 ? 0 : 1 - idleMs / elapsedMs,
      lagMs: { p50: rank(0.5), p99: rank(0.99), max: rank(1) },
      ...(this.samples.some((sample) => sample.made !== undefined) && {
        perSecond: { promises: perSecond(made.promises), resources: perSecond(made.resources) },
      }),
    };
  }
}

interface Sample {
  nowMs: number;
  elapsedMs: number;
  idleMs: number;
  turnMaxMs: number;
  made: WireMade | undefined;
}

const WINDOW_MS = 5000;
const MAX_SAMPLES = 1000;
