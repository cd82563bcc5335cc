import { UserError } from '../../base/userError.js';
import { t } from '../../base/texts.js';
import type { DebugSessions } from '../sessions/debugSessions.js';
import type { LiveSnapshot } from '../sessions/liveSnapshot.js';
import type { TaskReference } from './taskTree.js';

/** What VS Code gives the commands in the menu of its call stack: a session, a thread or a frame of one. */
export interface CallStackItem {
  readonly sessionId: string;
}

export function isCallStackItem(argument: unknown): argument is CallStackItem {
  return (
    typeof argument === 'object' &&
    argument !== null &&
    typeof (argument as Partial<CallStackItem>).sessionId === 'string'
  );
}

/** The task that a paused program stands in. Throws a `UserError` where it is in none that is known. */
export async function currentTask(
  { sessionId }: CallStackItem,
  sessions: DebugSessions,
  live: LiveSnapshot,
): Promise<TaskReference> {
  if (sessions.process(sessionId)?.state !== 'paused')
    throw new UserError(t('Pause the program first: a task that runs is another one the next moment.'));
  const task = await sessions.currentTask(sessionId);
  if (task === undefined)
    throw new UserError(
      t('The program stands in no async task here, or in one whose start was not recorded.'),
    );
  live.takeNow();
  return { session: sessionId, task };
}
