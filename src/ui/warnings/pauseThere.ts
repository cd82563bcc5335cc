import * as vscode from 'vscode';
import type { Clock } from '../../base/clock.js';
import { UserError } from '../../base/userError.js';
import { t } from '../../base/texts.js';
import { noticeText } from '../../model/presenter/index.js';
import type { ProcessSnapshot, Snapshot } from '../../protocol/snapshot.js';
import { pause } from '../../base/timeLimit.js';

/** What must be known of a process to stop it. */
export interface Pausable {
  session(id: string): vscode.DebugSession | undefined;
  process(id: string): ProcessSnapshot | undefined;
  undisturbed(id: string, run: () => PromiseLike<unknown>): Promise<void>;
}

/** A native call that returns within this time needs no words. */
const STOP_LIMIT_MS = 1_500;
const LOOK_MS = 100;
const BREAK_MESSAGE_MS = 10_000;

/**
 * Stops the debugger in the code that blocks, as the pause button does: V8 obeys even inside an endless loop, but
 * not before a native call has returned. Throws a `UserError` where nothing is blocked.
 */
export async function pauseThere(id: string, sessions: Pausable, clock: Clock): Promise<void> {
  const session = sessions.session(id);
  const process = sessions.process(id);
  if (session === undefined || process?.blocked === undefined) throw new UserError(notBlocked());
  const { threads } = (await session.customRequest('threads')) as { threads: { id: number }[] };
  // The debugger answers when the program has: after a native call has returned.
  const asked = sessions.undisturbed(id, () =>
    session.customRequest('pause', { threadId: threads[0]?.id ?? 0 }),
  );
  await Promise.all([asked, explainDelay(id, process.name, sessions, clock)]);
}

/** The same when nobody has asked for it just now, which is then said. */
export async function breakThere(id: string, sessions: Pausable, clock: Clock): Promise<void> {
  await pauseThere(id, sessions, clock);
  vscode.window.setStatusBarMessage(t('Paused by Break on Blocking'), BREAK_MESSAGE_MS);
}

async function explainDelay(id: string, name: string, sessions: Pausable, clock: Clock): Promise<void> {
  const untilMs = clock.nowMs() + STOP_LIMIT_MS;
  while (clock.nowMs() < untilMs && isBlocked(id, sessions)) await pause(LOOK_MS, clock);
  if (!isBlocked(id, sessions)) return;
  const text = t(
    '{0} is in native code, which cannot be paused. It will stop as soon as the call returns.',
    name,
  );
  void vscode.window.showInformationMessage(noticeText(text));
}

function isBlocked(id: string, sessions: Pausable): boolean {
  return sessions.process(id)?.state === 'blocked';
}

/** The session that has been blocked for the longest time. Throws a `UserError` where there is none. */
export function longestBlocked({ processes }: Snapshot): string {
  const blockedMs = ({ blocked }: ProcessSnapshot): number => blocked?.durationMs ?? -1;
  const [longest] = [...processes].sort((a, b) => blockedMs(b) - blockedMs(a));
  if (longest?.blocked === undefined) throw new UserError(notBlocked());
  return longest.session;
}

function notBlocked(): string {
  return t('Nothing is blocked any more. Break on Blocking pauses the next time by itself.');
}
