import { durationText, formatPercent } from '../model/numbers.js';
import { isEnded } from '../model/tasks/taskKinds.js';
import type { ProcessSnapshot, Snapshot } from '../protocol/snapshot.js';
import { UserError } from '../base/userError.js';
import { type Folders, leftOutTexts } from '../model/presenter/index.js';
import { Answer, DATA_NOTE } from './answer.js';

/** An answer that says of each process which one it is, what `tell` knows of it, and what is not known. */
export function answerOfEach(
  processes: readonly ProcessSnapshot[],
  folders: Folders,
  tell: (answer: Answer, process: ProcessSnapshot) => void,
): string {
  const answer = new Answer(folders);
  answer.line(DATA_NOTE);
  for (const process of processes) {
    processLine(answer, process);
    tell(answer, process);
    unknownLines(answer, process);
  }
  return answer.toString();
}

/** Which program an answer is of, and in which state it is. */
function processLine(answer: Answer, process: ProcessSnapshot): void {
  const { name, pid, threadId, node, state, loop, blocked, paused } = process;
  const who = threadId > 0 ? `worker thread ${threadId} of pid ${pid}` : `pid ${pid}`;
  const facts = [`${answer.name(name)} (${who}, Node ${node}): ${state}`];
  if (blocked) {
    facts.push(`its event loop has been blocked for ${durationText(blocked.durationMs)}`);
    if (blocked.site) facts.push(`at ${answer.place(blocked.site)}`);
  } else if (state === 'running') facts.push(`event loop ${formatPercent(loop.utilization)} busy`);
  if (paused?.site) facts.push(`at ${answer.place(paused.site)}`);
  answer.line(facts.join(', '));
}

/** What an answer about a process does not tell, because it is not known. */
function unknownLines(answer: Answer, process: ProcessSnapshot): void {
  const unknown = [...leftOutTexts(process)];
  if (process.note !== undefined) unknown.push(process.note);
  const older = process.tasks.filter((task) => task.beforeAttach === true && !isEnded(task)).length;
  if (older > 0)
    unknown.push(`${older} of its operations are older than the connection: who waits for them is not known`);
  if (process.blocked && !process.blocked.site)
    unknown.push('it does not answer: native code holds it, or it was stopped from outside');
  if (unknown.length > 0) answer.line(`Not known: ${unknown.join('; ')}.`);
}

/** The processes that are asked for. Throws a `UserError` where there are none. */
export function chosen({ processes }: Snapshot, asked: unknown): ProcessSnapshot[] {
  if (processes.length === 0)
    throw new UserError('No program is being watched: start or attach to one first.');
  if (typeof asked !== 'string' || asked === '') return processes;
  const found = processes.filter(({ name, pid }) => String(pid) === asked || name.includes(asked));
  if (found.length > 0) return found;
  const names = processes.map(({ name, pid }) => `${name.slice(0, 60)} (pid ${pid})`);
  throw new UserError(
    `No program is called ${asked.slice(0, 60)}. There are: ${names.slice(0, 20).join(', ')}.`,
  );
}

/** The argument by which a tool is asked about one program. */
export const PROCESS_ARGUMENT = {
  type: 'string',
  description: 'Only this process: its pid, or a part of its name. Default: all that are watched.',
} as const;
