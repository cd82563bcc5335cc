/** `1,204`: the same in every locale. */
export function formatCount(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 task`, `1,204 tasks`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  const text = `{0} ${count === 1 ? one : many}`; // `scripts/texts.ts` knows both
  return t(text, formatCount(count));
}

/** `430 ms`, `1.2 s`, `2 min 5 s`, `1 h 3 min`. */
export function durationText(durationMs: number): string {
  const ms = Math.max(0, Math.round(durationMs));
  if (ms < 1000) return t('{0} ms', ms);
  if (ms < 9950) return t('{0} s', (ms / 1000).toFixed(1));
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return t('{0} s', seconds);
  if (seconds < 3600) {
    const rest = seconds % 60;
    const whole = formatCount(Math.floor(seconds / 60));
    return rest === 0 ? t('{0} min', whole) : t('{0} min {1} s', whole, rest);
  }
  const minutes = Math.round(seconds / 60);
  const rest = minutes % 60;
  const hours = formatCount(Math.floor(minutes / 60));
  return rest === 0 ? t('{0} h', hours) : t('{0} h {1} min', hours, rest);
}

/** As `durationText`, for what may be far shorter than a millisecond: `0.04 ms`, `3.1 ms`. */
export function fineDurationText(durationMs: number): string {
  if (durationMs >= 9.95) return durationText(durationMs);
  return t('{0} ms', durationMs >= 0.995 ? durationMs.toFixed(1) : Math.max(durationMs, 0.01).toFixed(2));
}

/** `3 %` of a share between 0 and 1. */
export function formatPercent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

import { t } from '../base/texts.js';
