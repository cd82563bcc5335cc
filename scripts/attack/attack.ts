/** One thing that a program may do to us. */
export interface Attack {
  name: string;
  /** What came of it that must not have; nothing where we are unhurt. */
  run: () => Promise<string | undefined> | string | undefined;
}

/** What a terminal or an editor would obey, or nobody would see. */
export const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\u2028\u2029]/u;

/** Why an attack has hurt us: what it says itself, that it threw, or that it took too long. */
export async function damage(attack: Attack, limitMs: number): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => {
      resolve(`not over within ${limitMs} ms`);
    }, limitMs);
  });
  const startedMs = performance.now();
  try {
    const found = await Promise.race([attack.run(), late]);
    const tookMs = performance.now() - startedMs;
    return found ?? (tookMs > limitMs ? `took ${Math.round(tookMs)} ms` : undefined);
  } catch (error) {
    return `threw ${String(error)}`;
  } finally {
    clearTimeout(timer);
  }
}
