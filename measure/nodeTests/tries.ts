/** What a test came to that was run with us, and without us where that failed. */
export interface Verdict {
  /** `passes` with us; `fails` without us, too; or `differs`: with us it fails always, without us it does not. */
  is: 'passes' | 'fails' | 'differs';
  /** The end of what it said when it failed with us the last time; empty where it passes. */
  said: string;
}

/** How one run of a test ended. */
export interface Run {
  passed: boolean;
  /** The end of its output. */
  said: string;
}

const TRIES = 3;

/**
 * Tries a test up to three times. One that has passed with us is not run without us, so most are run once.
 * Tests that fail now and then by themselves are told from ours by both ways taking turns.
 */
export async function tried(withUs: () => Promise<Run>, plain: () => Promise<Run>): Promise<Verdict> {
  let passedPlainly = false;
  let said = '';
  for (let round = 0; round < TRIES; round++) {
    const run = await withUs();
    if (run.passed) return { is: 'passes', said: '' };
    said = run.said;
    passedPlainly = (await plain()).passed || passedPlainly;
  }
  return { is: passedPlainly ? 'differs' : 'fails', said };
}
