import type { CdpClient } from '../cdp/client.js';
import { UserError } from '../base/userError.js';
import { LightEntries } from './entries/lightEntries.js';
import { LiveObjects } from './live/liveObjects.js';
import { ProgramCalls } from './live/programCalls.js';
import { doesLoopTurn, type ProgramFacts, programFacts } from './live/programFacts.js';

/** What the async stacks of a program's promises have told. */
export interface LightXray {
  facts: ProgramFacts;
  entries: LightEntries;
  promises: number;
}

/**
 * Asks V8 who awaits each promise of a program that has loaded nothing of ours: no heap snapshot, pauses of parts of a
 * second. It needs a loop that turns. Leaves nothing behind.
 */
export async function lightXray(client: CdpClient, onProgress: (share: number) => void): Promise<LightXray> {
  const calls = new ProgramCalls(client, STEP_LIMIT_MS);
  const facts = await programFacts(calls);
  if (!(await doesLoopTurn(calls)))
    throw new UserError('Its event loop does not turn: only a look with --deep can see into it now.');
  try {
    const live = await LiveObjects.collect(calls);
    const resources = await live.describeAll();
    const stacks = await live.asyncStacks(STEP_LIMIT_MS, onProgress);
    const promises = stacks.reduce((sum, { count }) => sum + count, 0);
    return { facts, entries: new LightEntries(stacks, resources), promises };
  } finally {
    await calls.release();
  }
}

const STEP_LIMIT_MS = 30_000;
