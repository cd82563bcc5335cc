/** `1,204`: the same in every locale. */
export function formatCount(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 task`, `1,204 tasks`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** `430 ms`, `1.2 s`, `2 min 5 s`, `1 h 3 min`. */
export function durationText(durationMs: number): string {
  const ms = Math.max(0, Math.round(durationMs));
  if (ms < 1000) return `${ms} ms`;
  if (ms < 9950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return pair(Math.floor(seconds / 60), 'min', seconds % 60, 's');
  const minutes = Math.round(seconds / 60);
  return pair(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
}

/** As `durationText`, for what may be far shorter than a millisecond: `0.04 ms`, `3.1 ms`. */
export function fineDurationText(durationMs: number): string {
  if (durationMs >= 9.95) return durationText(durationMs);
  return `${durationMs >= 0.995 ? durationMs.toFixed(1) : Math.max(durationMs, 0.01).toFixed(2)} ms`;
}

function pair(big: number, bigUnit: string, small: number, smallUnit: string): string {
  return small === 0
    ? `${formatCount(big)} ${bigUnit}`
    : `${formatCount(big)} ${bigUnit} ${small} ${smallUnit}`;
}

/** `3 %` of a share between 0 and 1. */
export function formatPercent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
