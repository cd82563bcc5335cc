import * as vscode from 'vscode';
import { UserError } from '../../base/userError.js';
import { t } from '../../base/texts.js';
import { endingOf, noticeText, type TaskEnding, taskLabel } from '../../model/presenter/index.js';
import type { ProcessSnapshot } from '../../protocol/snapshot.js';
import type { TaskReference } from './taskTree.js';

/** Where tasks are found, and ended. */
export interface EndableTasks {
  process(id: string): ProcessSnapshot | undefined;
  endTask(session: string, task: string): Promise<boolean>;
}

/** Ends what a task stands for, after it was said what that does. Throws a `UserError` where it is over already. */
export async function endTask({ session, task: id }: TaskReference, sessions: EndableTasks): Promise<void> {
  const task = sessions.process(session)?.tasks.find((one) => one.id === id);
  const ending = task && endingOf(task);
  if (task === undefined || ending === undefined) throw new UserError(isOver());
  const { title, detail } = words(ending);
  const answer = await vscode.window.showWarningMessage(
    noticeText(`${title}: ${taskLabel(task)}`),
    { modal: true, detail },
    title,
  );
  if (answer !== title) return;
  if (!(await sessions.endTask(session, id))) throw new UserError(isOver());
}

function isOver(): string {
  return t('It is over already, or the program does not answer.');
}

/** What is done, and what the program will notice. */
function words(ending: TaskEnding): { title: string; detail: string } {
  switch (ending) {
    case 'clearTimer':
      return {
        title: t('Clear Timer'),
        detail: t('Its callback will not run. What waits for it waits for ever.'),
      };
    case 'destroySocket':
      return {
        title: t('Destroy Socket'),
        detail: t('The connection ends at once, with a close event and no error.'),
      };
    case 'abortRequest':
      return {
        title: t('Abort Request'),
        detail: t('Its connection ends at once. Who waits for the answer gets an error.'),
      };
    case 'closeServer':
      return { title: t('Close Server'), detail: t('It takes no new connections. Those that it has go on.') };
    case 'closeWatcher':
      return { title: t('Close Watcher'), detail: t('The program hears of no more changes.') };
    case 'killChild':
      return { title: t('Kill Child'), detail: t('The child process gets SIGTERM.') };
    case 'terminateWorker':
      return { title: t('Terminate Worker'), detail: t('The thread ends at once, whatever it does.') };
  }
}
