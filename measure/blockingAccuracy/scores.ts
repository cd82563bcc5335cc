import { kindOf } from './kinds.js';
import { THRESHOLD_MS } from './observe.js';
import type { Truth } from './truth.js';
import type { Judged, Verdict } from './verdict.js';

/** So many of so many. */
export interface Share {
  right: number;
  of: number;
}

/** How well blocks were reported. All but `caught` and `untrue` are shares of those that were. */
export interface Scores {
  blocks: number;
  /** Of the blocks that must be. */
  caught: Share;
  /** The line that blocks. */
  line: Share;
  /** That, or the function in which a native call was the last thing. */
  lineOrFunction: Share;
  /** Of those that block with JavaScript alone. */
  javascriptLine: Share;
  duration: Share;
  cause: Share;
  /** Of those whose message should name what was called. */
  named: Share;
  untrue: number;
}

export function scoresOf(all: readonly Judged[]): Scores {
  const verdicts = all.flatMap((each) => each.verdicts);
  const found = verdicts.filter(({ reported }) => reported !== undefined);
  const long = verdicts.filter(({ truth }) => mustBeCaught(truth));
  const isRight = ({ line }: Verdict): boolean => line === 'line';
  return {
    blocks: verdicts.length,
    caught: share(long, ({ reported }) => reported !== undefined),
    line: share(found, isRight),
    lineOrFunction: share(found, ({ line }) => line !== 'wrong'),
    javascriptLine: share(
      found.filter(({ truth }) => kindOf(truth.kind).causes.includes('javascript')),
      isRight,
    ),
    duration: share(found, ({ isDurationRight }) => isDurationRight),
    cause: share(found, ({ isCauseRight }) => isCauseRight),
    named: share(
      found.filter(({ truth }) => kindOf(truth.kind).says !== undefined),
      ({ isNamed }) => isNamed,
    ),
    untrue: all.reduce((sum, { untrue }) => sum + untrue.length, 0),
  };
}

/** It lasted twice the threshold, and not because others had the processor. */
export function mustBeCaught({ kind, durationMs, cpuMs }: Truth): boolean {
  const ranMs = kindOf(kind).waits ? durationMs : cpuMs;
  return durationMs >= 2 * THRESHOLD_MS && ranMs >= THRESHOLD_MS;
}

function share(verdicts: readonly Verdict[], isRight: (verdict: Verdict) => boolean): Share {
  return { right: verdicts.filter(isRight).length, of: verdicts.length };
}
