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
      const where = frame ? '' : ', place not recorded';
      const text = `${call} held up the server for ${fineDurationText(durationMs)}${where}`;
      const key = frame ? `${call} ${frame.url}:${frame.line}` : call;
      const longest = { kind: 'syncCall', key, durationMs, text: () => text, frame } as const;
      this.warnings.reportMany(longest, count, totalUs / 1000);
    }
  }
}
