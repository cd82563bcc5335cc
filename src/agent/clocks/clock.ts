/** The debuggee's clock, taken before the program can replace it; milliseconds since the agent was loaded. */
const performanceNow = performance.now.bind(performance);
const startedAt = performanceNow();
let lastMs = 0;
let lastUs = 0;

export function nowMs(): number {
  const ms = performanceNow() - startedAt;
  lastMs = Math.trunc(ms);
  return ms;
}

/** Microseconds for measuring up to half an hour: the difference of two, as a 32-bit number. Never 0. */
export function clockUs(): number {
  return (lastUs = (performanceNow() * 1_000) | 0 | 1);
}

/** The last reading of `clockUs()`: of what has just been timed. */
export function recentUs(): number {
  return lastUs;
}

/** The whole milliseconds of the last reading: for what is too frequent to read the clock. */
export function recentMs(): number {
  return lastMs;
}

/** Add to a time of the event loop (`_idleStart` of a timer) to get the agent's. Right to a millisecond or so. */
export const loopClockOffsetMs = performance.nodeTiming.environment - startedAt;
