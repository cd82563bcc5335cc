/** What @sinonjs/fake-timers, which Vitest, Jest and Sinon use, leaves on the functions that it replaces. */
interface FakeClock {
  timers?: Record<string, { delay?: unknown; interval?: unknown }>;
}

/** Delays of the timers that wait for a clock which only the test itself advances, in milliseconds; none where it is real. */
export function fakeTimers(globals: object): number[] {
  const { setTimeout } = globals as { setTimeout?: { clock?: FakeClock } };
  const timers = Object.values(setTimeout?.clock?.timers ?? {}).slice(0, MAX_TIMERS);
  return timers.flatMap(({ delay }) => (typeof delay === 'number' && Number.isFinite(delay) ? [delay] : []));
}

const MAX_TIMERS = 20;
