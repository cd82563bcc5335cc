/** At most this part of the time goes into work that grows with the number of tasks. */
const MAX_SHARE = 1 / 10;

/** When work that took so long may begin again: with very many tasks the views follow more slowly. */
export function restMs(tookMs: number): number {
  return tookMs / MAX_SHARE;
}
