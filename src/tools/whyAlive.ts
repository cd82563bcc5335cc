import { durationText } from '../model/numbers.js';
import { isEnded } from '../model/tasks/taskKinds.js';
import type { ProcessSnapshot, Task } from '../protocol/snapshot.js';
import type { Answer } from './answer.js';
import { findingLines } from './findingLines.js';
import { answerOfEach, chosen, PROCESS_ARGUMENT } from './processAnswer.js';
import type { Tool } from './tool.js';

/** What the process cannot end without. */
export const whyAlive: Tool = {
  name: 'why_alive',
  title: 'Why is it alive',
  description:
    'Tells what keeps a Node.js process from ending: servers, connections, timers, watchers, workers, child processes and operations that are not unreferenced, each with file:line of where the program made it. Use it when a script, a test run or a command does not exit.',
  input: { type: 'object', properties: { process: PROCESS_ARGUMENT }, additionalProperties: false },
  async answer({ process }, source) {
    const snapshot = await source.snapshot();
    return answerOfEach(chosen(snapshot, process), source.folders, explain);
  },
};

function explain(answer: Answer, process: ProcessSnapshot): void {
  const live = process.tasks.filter((task) => !isEnded(task));
  const keeping = live.filter(({ keepsAlive, internal }) => keepsAlive === true && internal !== true);
  if (process.blocked)
    answer.line('Its code holds the event loop: it cannot end before that has returned.', 1);
  if (keeping.length === 0)
    answer.line(
      process.state === 'ended'
        ? 'It has ended.'
        : 'Nothing is known that keeps it alive; a debugger or an operation that is not recorded may.',
      1,
    );
  for (const { tasks, text } of grouped(answer, keeping).slice(0, MAX_GROUPS))
    answer.line(
      `- ${tasks.length > 1 ? `${tasks.length} × ` : ''}${text}, the oldest ${durationText(Math.max(...tasks.map(({ ageMs }) => ageMs)))} old`,
      1,
    );
  findingLines(answer, process, ['keptAlive', 'unclosed']);
  const loose = live.filter(({ unref }) => unref === true).length;
  if (loose > 0) answer.line(`${loose} others are unref'd: they do not keep it.`, 1);
}

function grouped(answer: Answer, keeping: readonly Task[]): { tasks: Task[]; text: string }[] {
  const groups = new Map<string, Task[]>();
  for (const task of keeping) {
    const { createdAt, through } = task;
    const site = createdAt ?? through;
    const where = site
      ? ` made at ${answer.place(site)}${site.function ? ` in ${answer.name(site.function)}` : ''}`
      : ', where it was made is not known';
    const detail = task.detail !== undefined && task.kind !== 'timer' ? ` (${answer.name(task.detail)})` : '';
    const text = `${answer.name(task.name)}${task.name.endsWith(task.detail ?? '\n') ? '' : detail}${where}`;
    const known = groups.get(text);
    if (known) known.push(task);
    else groups.set(text, [task]);
  }
  return [...groups]
    .map(([text, tasks]) => ({ text, tasks }))
    .sort((a, b) => b.tasks.length - a.tasks.length);
}

const MAX_GROUPS = 60;
