import type { Task } from '../../protocol/snapshot.js';
import { isEnded } from './taskKinds.js';

/** What a person can do to what a task waits for, to see what happens then. */
export type TaskEnding =
  | 'clearTimer'
  | 'destroySocket'
  | 'abortRequest'
  | 'closeServer'
  | 'closeWatcher'
  | 'killChild'
  | 'terminateWorker';

/** How a task can be ended; `undefined` where it can not. */
export function endingOf(task: Task): TaskEnding | undefined {
  return isEnded(task) ? undefined : ENDINGS.get(task.type);
}

const ENDINGS = new Map<string, TaskEnding>([
  ['Timeout', 'clearTimer'],
  ['Immediate', 'clearTimer'],
  ['TCPWRAP', 'destroySocket'],
  ['TLSWRAP', 'destroySocket'],
  ['PIPEWRAP', 'destroySocket'],
  ['HTTPCLIENTREQUEST', 'abortRequest'],
  ['HTTPSERVERREQUEST', 'abortRequest'],
  ['TCPSERVERWRAP', 'closeServer'],
  ['PIPESERVERWRAP', 'closeServer'],
  ['FSEVENTWRAP', 'closeWatcher'],
  ['STATWATCHER', 'closeWatcher'],
  ['PROCESSWRAP', 'killChild'],
  ['WORKER', 'terminateWorker'],
]);
