/** Asked by a program about itself: what its tasks wait for. */
import { taskRows, treeText } from '../model/presenter/index.js';
import type { Snapshot } from '../protocol/snapshot.js';
import { loadAgent } from './agentOfThread.js';
import { ownSnapshot } from './ownThread.js';

export type * from '../protocol/snapshot.js';

/**
 * All tasks of this thread. What began before this package was loaded is known only once it goes on: load it first, by
 * `node --require node-async-debugger/register`.
 */
export function snapshot(): Promise<Snapshot> {
  return ownSnapshot();
}

/** What the tasks of this thread wait for, as a tree for people. */
export async function why(): Promise<string> {
  const options = { filter: '', internals: false, maxRows: MAX_ROWS, hasNoFilter: true } as const;
  return treeText(taskRows(await ownSnapshot(), { ...options, grouping: 'awaits' }));
}

const MAX_ROWS = 1000;

loadAgent(true);
