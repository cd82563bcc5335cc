import * as vscode from 'vscode';
import { UserError } from '../../base/userError.js';
import { t } from '../../base/texts.js';
import { type CallStackItem, isCallStackItem } from './currentTask.js';
import type { DebugSessions } from '../sessions/debugSessions.js';
import type { TaskReference } from './taskTree.js';

/** What VS Code tells of a frame beyond its session. */
interface CallStackFrame extends CallStackItem {
  frameLocation?: { range: { startLineNumber: number }; source: { path?: string } };
}

/** The task of the frame, or the one that the debugger stands in. Throws a `UserError` where that is not known. */
export async function taskOfCallStack(argument: unknown, sessions: DebugSessions): Promise<TaskReference> {
  const item: CallStackFrame | undefined = isCallStackItem(argument) ? argument : activeItem();
  if (item === undefined) throw new UserError(t('Pause a program and choose a frame in the Call Stack.'));
  const { sessionId: session, frameLocation } = item;
  const path = frameLocation?.source.path;
  const task =
    path === undefined
      ? (sessions.process(session)?.paused?.task ?? (await sessions.currentTask(session)))
      : sessions.taskAtFrame(session, {
          file: fsPath(path),
          line: frameLocation?.range.startLineNumber ?? 0,
        });
  if (task === undefined) throw new UserError(t('No task is known that this frame belongs to.'));
  return { session, task };
}

function activeItem(): CallStackFrame | undefined {
  const session = vscode.debug.activeStackItem?.session;
  return session && { sessionId: session.id };
}

/** The path may be that of a file on another machine. */
function fsPath(path: string): string {
  return /^[a-z][\w+.-]+:\/\//i.test(path) ? vscode.Uri.parse(path).fsPath : path;
}
