import { canBeLast, KINDS } from './kinds.js';

/** Where in a program a block happens. The last two are a thread and a process of their own. */
export const PLACES = [
  'timer',
  'promise reaction',
  'await resumption',
  'nextTick',
  'immediate',
  'stream data',
  'HTTP handler',
  'emitter',
  'worker',
  'cluster child',
] as const;

/** A little over the round numbers, so that they are reached. */
export const DURATIONS_MS = [50, 110, 220, 1_000] as const;
export const QUICK_DURATIONS_MS = [220] as const;

/** What one program does, one after the other. */
export interface Plan {
  place: string;
  blocks: { id: number; kind: string; ms: number; isLast: boolean }[];
}

/**
 * Every kind with every duration, spread over the places so that each has every duration, and so that over the
 * versions of Node each kind comes to all places.
 *
 * @param shift another one for each version and round
 */
export function plansOf(shift: number, durationsMs: readonly number[]): Plan[] {
  const plans: Plan[] = PLACES.map((place) => ({ place, blocks: [] }));
  let id = 0;
  for (const [k, kind] of KINDS.entries())
    for (const [d, ms] of durationsMs.entries()) {
      const isLast = (k + d + shift) % 2 === 0 && canBeLast(kind);
      plans[(k + 3 * d + 4 * shift) % PLACES.length]?.blocks.push({ id: ++id, kind: kind.name, ms, isLast });
    }
  return plans.filter(({ blocks }) => blocks.length > 0);
}
