import { t } from '../../base/texts.js';
import type { ProcessSnapshot } from '../../protocol/snapshot.js';

/**
 * What V8 takes for the async stack of a promise and of another async resource, in captures: the time of an error's
 * stack of eight frames in a process without a debugger. Measured on Node 22 and 24; see docs/PERFORMANCE.md.
 */
const PROMISE_CAPTURES = 3;
const RESOURCE_CAPTURES = 15;
/** A loop that waits for more than half of the time is not held up by them. */
const BUSY = 0.5;
/** Of the time that the loop is busy; below it nothing is said. */
const WORTH_SAYING = 0.2;
/** Above it a small error of the estimate would be a large one of what it says. */
const MOST = 0.8;

/**
 * How many times as long a program takes that a debugger records async stacks of: an estimate from what it makes in a
 * second. `undefined` where that is not known, or next to nothing.
 */
export function asyncStackTimes(loop: ProcessSnapshot['loop'], captureUs: number): number | undefined {
  const { utilization, perSecond } = loop;
  if (perSecond === undefined || utilization < BUSY) return undefined;
  const captures = perSecond.promises * PROMISE_CAPTURES + perSecond.resources * RESOURCE_CAPTURES;
  const share = (captures * captureUs) / 1e6 / utilization;
  return share < WORTH_SAYING ? undefined : 1 / (1 - Math.min(share, MOST));
}

/** `1.5`, `3`; what cannot be told more exactly as `5 or more`. */
export function timesText(times: number): string {
  if (times >= 1 / (1 - MOST) - 0.01) return t('5 or more');
  return times < 2 ? times.toFixed(1) : String(Math.round(times));
}
