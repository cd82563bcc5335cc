import { t } from '../../base/texts.js';
import type { ProcessSnapshot, Task } from '../../protocol/snapshot.js';
import { plainText } from '../plainText.js';
import { isLiving } from './processTexts.js';

/** From a task that stands for a child process or a worker to that process's row. It keeps no snapshot. */
export class ProcessLinks {
  private readonly processes = new Map<string, LinkedProcess>();

  constructor(processes: readonly ProcessSnapshot[]) {
    for (const process of processes) {
      const key = numbers(process);
      // A process id may be used again.
      if (isLiving(process) || !this.processes.has(key))
        this.processes.set(key, { session: process.session, name: linkName(process) });
    }
  }

  /** Another text where a task may stand for another process, or for one with another name. */
  get names(): string {
    return [...this.processes].map(([key, { name }]) => `${key} ${name}`).join('\n');
  }

  of(task: Task): LinkedProcess | undefined {
    return task.started && this.processes.get(numbers(task.started));
  }

  /** `worker price.js`; empty where it stands for none. */
  nameOf(task: Task): string {
    return this.of(task)?.name ?? '';
  }
}

/** A process or worker that a task may stand for. */
interface LinkedProcess {
  readonly session: string;
  /** As tasks call it. */
  readonly name: string;
}

function linkName({ threadId, name }: ProcessSnapshot): string {
  if (threadId > 0) return plainText(name.startsWith('worker') ? name : t('worker {0}', name));
  return plainText(name.startsWith('process') ? name : t('process {0}', name));
}

function numbers({ pid, threadId }: { pid: number; threadId: number }): string {
  return `${pid}/${threadId}`;
}
