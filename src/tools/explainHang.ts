import { durationText } from '../model/numbers.js';
import { TaskIndex } from '../model/taskIndex/taskIndex.js';
import { isEnded } from '../model/tasks/taskKinds.js';
import type { ProcessSnapshot, Task } from '../protocol/snapshot.js';
import type { Answer } from './answer.js';
import { type AwaitChain, awaitChain, isWaiting, siteOf, type Verdict, VERDICTS } from './awaitChain.js';
import { findingLines } from './findingLines.js';
import { answerOfEach, chosen, PROCESS_ARGUMENT } from './processAnswer.js';
import type { Tool } from './tool.js';

/** What does not go on, and why, the surest first. */
export const explainHang: Tool = {
  name: 'explain_hang',
  title: 'Explain hang',
  description:
    'Explains why a Node.js program, request or test does not go on: tasks that wait for each other or for themselves, for what was lost, for a resolve function that nothing is known to call, or for an operation that does not end; each with its chain of awaits and file:line. Also what blocks the event loop, and tasks that have just failed. Says what is proven and what is not known.',
  input: {
    type: 'object',
    properties: {
      process: PROCESS_ARGUMENT,
      minAgeMs: {
        type: 'number',
        description: 'Only tasks that have waited for so long. Default: 200.',
        minimum: 0,
        maximum: 86_400_000,
      },
    },
    additionalProperties: false,
  },
  async answer({ process, minAgeMs }, source) {
    const snapshot = await source.snapshot();
    return answerOfEach(chosen(snapshot, process), source.folders, (answer, one) =>
      explain(answer, one, Number(minAgeMs ?? 200)),
    );
  },
};

function explain(answer: Answer, process: ProcessSnapshot, minAgeMs: number): void {
  blockedLines(answer, process);
  const found = findingLines(answer, process);
  const index = TaskIndex.of(process, false);
  const chains = process.tasks
    .filter((task) => isWaiting(task) && task.ageMs >= minAgeMs)
    .slice(0, MAX_CHAINS)
    .map((task) => awaitChain(task, index));
  // what another one of them waits for is told in its chain
  const below = new Set(chains.flatMap(({ tasks }) => tasks.slice(1)));
  const tops = chains.filter(({ tasks: [top], verdict }) => verdict === 'cycle' || (top && !below.has(top)));
  const groups = grouped(tops);
  for (const group of groups.slice(0, MAX_GROUPS)) groupLines(answer, group, index);
  if (groups.length > MAX_GROUPS) answer.line(`and ${groups.length - MAX_GROUPS} more kinds of waiting.`);
  failedLines(answer, process);
  if (tops.length === 0 && found === 0 && !process.blocked)
    answer.line(`No task is known that has waited for ${durationText(minAgeMs)} or longer.`);
}

function blockedLines(answer: Answer, { blocked }: ProcessSnapshot): void {
  if (!blocked) return;
  if (blocked.what !== undefined) answer.line(`It is busy with ${answer.name(blocked.what)}.`, 1);
  for (const frame of blocked.stack.slice(0, MAX_FRAMES))
    answer.line(`blocked in ${answer.name(frame.function ?? '')} at ${answer.place(frame)}`, 1);
}

interface Group {
  readonly chain: AwaitChain;
  count: number;
  oldestMs: number;
}

/** Equal chains are told once; the surest first, then the oldest. */
function grouped(chains: readonly AwaitChain[]): Group[] {
  const groups = new Map<string, Group>();
  for (const chain of chains) {
    const key = keyOf(chain);
    const ageMs = chain.tasks[0]?.ageMs ?? 0;
    const known = groups.get(key);
    if (!known) groups.set(key, { chain, count: 1, oldestMs: ageMs });
    else {
      known.count++;
      known.oldestMs = Math.max(known.oldestMs, ageMs);
    }
  }
  const rank = ({ chain }: Group): number => VERDICTS.indexOf(chain.verdict);
  return [...groups.values()].sort((a, b) => rank(a) - rank(b) || b.oldestMs - a.oldestMs);
}

function keyOf({ tasks, verdict }: AwaitChain): string {
  const parts = tasks.map((task) => {
    const site = siteOf(task);
    return `${task.type} ${site ? `${site.file}:${site.line}` : task.name}`;
  });
  // a cycle is the same wherever one enters it
  return verdict === 'cycle' ? ['cycle', ...new Set(parts)].sort().join('\n') : parts.join('\n');
}

function groupLines(answer: Answer, { chain, count, oldestMs }: Group, index: TaskIndex): void {
  const [top] = chain.tasks;
  if (!top) return;
  const many = count > 1 ? ` (${count} such tasks)` : '';
  answer.line(
    `- ${answer.name(top.name)}${many} has waited for ${durationText(oldestMs)}: ${MEANINGS[chain.verdict]}`,
  );
  for (const [position, task] of chain.tasks.entries())
    answer.line(`${position === 0 ? '' : '→ '}${stepText(answer, task, position === 0)}`, position + 1);
  if (chain.verdict === 'several') {
    const last = chain.tasks.at(-1) ?? top;
    for (const task of index.below(last).slice(0, MAX_BRANCHES))
      answer.line(`→ ${stepText(answer, task, false)}`, chain.tasks.length + 1);
  }
  const creator = top.createdBy === undefined ? undefined : index.get(top.createdBy);
  if (creator) answer.line(`called by ${answer.name(creator.name)}`, 1);
}

/** `«charge» awaits at src/pay.js:7`, `«new Promise» made at src/lock.js:3 in «acquire»`. */
function stepText(answer: Answer, task: Task, isTop: boolean): string {
  const { awaitingAt, createdAt, definedAt, detail, state } = task;
  const parts = [answer.name(task.name)];
  if (awaitingAt) parts.push(`awaits at ${answer.place(awaitingAt)}`);
  if (createdAt && (!awaitingAt || isTop))
    parts.push(
      `${awaitingAt ? 'called' : 'made'} at ${answer.place(createdAt)}${createdAt.function ? ` in ${answer.name(createdAt.function)}` : ''}`,
    );
  if (!awaitingAt && !createdAt && definedAt) parts.push(`defined at ${answer.place(definedAt)}`);
  if (detail !== undefined && detail !== '') parts.push(`(${answer.name(detail)})`);
  if (state === 'ready' || state === 'running') parts.push(`is ${state}`);
  return parts.join(' ');
}

function failedLines(answer: Answer, { tasks }: ProcessSnapshot): void {
  const failed = tasks.filter((task) => isEnded(task) && task.state === 'rejected');
  for (const task of failed.slice(-MAX_FAILED)) {
    const site = siteOf(task);
    answer.line(
      `- ${answer.name(task.name)} failed ${durationText(task.endedAgoMs ?? 0)} ago` +
        `${task.result === undefined ? '' : ` with ${answer.name(task.result)}`}${site ? `, at ${answer.place(site)}` : ''}`,
    );
  }
}

const MEANINGS: Record<Verdict, string> = {
  cycle: 'it waits for itself, so it can never go on (proven).',
  lost: 'it can never go on: what it waits for was garbage-collected while it was pending (proven).',
  resolveFunction:
    'the promise at the end waits for its resolve function to be called; no timer, operation or other promise is known that will call it. Look at who should call it, from where it was made.',
  requestWithoutWork:
    'the request has no answer yet, and nothing that it has begun is pending. Look whether its handler has returned without answering or calling the next handler.',
  unknown: 'what the last one waits for is not known.',
  several: 'it waits for several things.',
  operation: 'it waits for the operation at the end, which has not ended.',
};
const MAX_CHAINS = 5_000;
const MAX_GROUPS = 15;
const MAX_FRAMES = 8;
const MAX_BRANCHES = 8;
const MAX_FAILED = 5;
