import { setTimeout as delay } from 'node:timers/promises';

const PAUSE_MS = 50;
/** No test waits for a time: it is so long that a machine which has much other work is done, too. */
const LIMIT_MS = 90_000;

/**
 * What `look` finds, as soon as it finds something. An error of `look` counts as nothing found.
 * @throws after the limit, with the last error of `look`
 */
export async function until<T>(
  what: string,
  look: () => T | undefined | Promise<T | undefined>,
  limitMs = LIMIT_MS,
): Promise<T> {
  const deadline = Date.now() + limitMs;
  let failure: unknown;
  do {
    try {
      const found = await look();
      if (found !== undefined && found !== false) return found;
      failure = undefined;
    } catch (error) {
      failure = error;
    }
    await delay(PAUSE_MS);
  } while (Date.now() < deadline);
  throw new Error(
    `Not within ${limitMs} ms: ${what}${failure instanceof Error ? `\n${failure.message}` : ''}`,
  );
}
