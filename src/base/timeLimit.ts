import type { Clock } from './clock.js';

/** `'late'` when the promise is not done within the time; what it does afterwards is ignored. */
export function withTimeLimit<T>(
  promise: PromiseLike<T>,
  limitMs: number,
  clock: Clock,
): Promise<T | 'late'> {
  return new Promise((resolve, reject) => {
    const timer = clock.after(limitMs, () => resolve('late'));
    promise.then(
      (value) => {
        timer.dispose();
        resolve(value);
      },
      (error: unknown) => {
        timer.dispose();
        reject(error instanceof Error ? error : new Error(String(error)));
      },
    );
  });
}

export function pause(durationMs: number, clock: Clock): Promise<void> {
  return new Promise((resolve) => {
    clock.after(durationMs, resolve);
  });
}
