import { t } from '../../base/texts.js';
import type { Poll, WireFrame } from '../../protocol/wire.js';
import { fineDurationText } from '../numbers.js';
import type { TimedWarnings } from './timedWarnings.js';

/** Tells of the synchronous functions of Node that a server has called: one warning for each function and line. */
export class SyncCalls {
  constructor(
    private readonly frame: (site: number) => WireFrame | undefined,
    private readonly warnings: TimedWarnings,
  ) {}

  /** The graph knows the sites of the poll. */
  observe({ syncCalls = [] }: Pick<Poll, 'syncCalls'>): void {
    for (const { call, site, count, totalUs, worstUs } of syncCalls) {
      const frame = site === 0 ? undefined : this.frame(site);
      const durationMs = worstUs / 1000;
      const held = t('{0} held up the server for {1}', call, fineDurationText(durationMs));
      const text = frame ? held : t('{0}, place not recorded', held);
      const key = frame ? `${call} ${frame.url}:${frame.line}` : call;
      const longest = { kind: 'syncCall', key, durationMs, text: () => text, what: call, frame } as const;
      this.warnings.reportMany(longest, count, totalUs / 1000);
    }
  }
}
