import { t } from '../../base/texts.js';
import type { Poll, WireFrame, WireIteration } from '../../protocol/wire.js';
import { durationText, formatCount, formatPercent } from '../numbers.js';
import { resourceType } from '../tasks/resourceTypes.js';
import type { Slowness, TimedWarnings } from './timedWarnings.js';

export interface LoopRoundsContext {
  /** Of a stretch of the debuggee's time, what the debugger did not hold. */
  withoutPausesMs(fromMs: number, durationMs: number): number;
  frame(site: number): WireFrame | undefined;
}

/** Tells of rounds of the event loop with so many callbacks that timers and I/O had to wait. */
export class LoopRounds {
  /** The round that goes on, and how it was reported. */
  private current: LongRound | undefined;

  constructor(
    private readonly context: LoopRoundsContext,
    private readonly warnings: TimedWarnings,
  ) {}

  /** What the loop does now instead of a pause. */
  get ongoing(): { durationMs: number; what: string; frame?: WireFrame } | undefined {
    if (!this.current) return undefined;
    const { durationMs, what, frame } = this.current;
    return { durationMs, what, ...(frame && { frame }) };
  }

  observe({ loop: { iterations = [] } }: Pick<Poll, 'loop'>, thresholdMs: number): void {
    const before = this.current;
    for (const iteration of iterations) {
      const durationMs = this.context.withoutPausesMs(iteration.startedMs, iteration.durationMs);
      // a thread that hardly ran was stopped, or others had the processor
      if (thresholdMs <= 0 || iteration.cpuMs < durationMs * RAN_SHARE) continue;
      const isKnown = before?.id === iteration.seq;
      const limitMs = Math.max(MIN_MS, MIN_THRESHOLDS * thresholdMs);
      if (isKnown || durationMs >= limitMs)
        this.long(iteration, durationMs, isKnown ? before.key : undefined);
      else if (!iteration.ongoing) this.late(iteration, durationMs, thresholdMs);
    }
    if (before && this.current === before) this.end();
  }

  end(): void {
    if (this.current) this.warnings.report({ ...this.current, ongoing: false });
    this.current = undefined;
  }

  private long(iteration: WireIteration, durationMs: number, key: string | undefined): void {
    const { seq: id, ongoing, groups } = iteration;
    const frame = this.frameOf(groups.find(({ site }) => site !== 0)?.site);
    const what = callbacksText(iteration);
    const duration = durationText(durationMs);
    const round: LongRound = {
      kind: 'loop',
      key: key ?? (frame ? `${frame.url}:${frame.line}` : (groups[0]?.type ?? '')),
      id,
      durationMs,
      ongoing,
      text: (now) =>
        now
          ? t('The event loop has had no pause for {0}: {1}', duration, what)
          : t('The event loop had no pause for {0}: {1}', duration, what),
      what,
      frame,
    };
    this.current = ongoing ? round : undefined;
    this.warnings.report(round);
  }

  private late(iteration: WireIteration, durationMs: number, thresholdMs: number): void {
    const { late, seq: id } = iteration;
    const lateMs = Math.min(late?.worstMs ?? 0, durationMs);
    // what others had of the processor made them late, too
    const stolenMs = Math.max(0, durationMs - iteration.cpuMs);
    if (lateMs - stolenMs < thresholdMs) return;
    const frame = this.frameOf(late?.site);
    const text = t(
      'Timers fired up to {0} late: {1} came first',
      durationText(lateMs),
      callbacksText(iteration),
    );
    this.warnings.report({
      kind: 'lateTimers',
      key: frame ? `${frame.url}:${frame.line}` : '',
      id,
      durationMs: lateMs,
      ongoing: false,
      text: () => text,
      frame,
    });
  }

  private frameOf(site: number | undefined): WireFrame | undefined {
    return site === undefined || site === 0 ? undefined : this.context.frame(site);
  }
}

interface LongRound extends Slowness {
  /** `14,000 short callbacks (setTimeout 98 %)`. */
  what: string;
}

const MIN_MS = 1000;
const MIN_THRESHOLDS = 5;
const RAN_SHARE = 0.5;

/** `14,000 short callbacks (setTimeout 98 %)`. */
function callbacksText({ callbacks, counted, groups }: WireIteration): string {
  const counts = new Map<string, number>();
  for (const { type, count } of groups) counts.set(type, (counts.get(type) ?? 0) + count);
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  const count = formatCount(callbacks);
  if (!most || counted === 0) return t('{0} short callbacks', count);
  const share = `${t(resourceType(most[0]).name)} ${formatPercent(most[1] / counted)}`;
  return t('{0} short callbacks ({1})', count, share);
}
