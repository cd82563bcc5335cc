/** At most this part of the time goes into work that grows with the number of tasks. */
const MAX_SHARE = 1 / 10;

/** When work that took so long may begin again: with very many tasks the views follow more slowly. */
export function cooldownMs(tookMs: number): number {
  return tookMs / MAX_SHARE;
}

/** Between two steps of work that takes several others are served for so long at least, and for as long as a step took. */
const STEP_REST_MS = 50;

/** When the next step may begin after one that took so long. */
export function stepRestMs(tookMs: number): number {
  return Math.max(STEP_REST_MS, tookMs);
}
