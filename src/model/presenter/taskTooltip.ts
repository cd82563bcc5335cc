import type { Site, Task } from '../../protocol/snapshot.js';
import { counted, durationText } from '../numbers.js';
import { plainText } from '../plainText.js';
import type { TaskIndex } from '../taskIndex/taskIndex.js';
import { ageAt, detailAt } from '../tasks/taskAge.js';
import { isEnded, isFunctionTask, isOperation } from '../tasks/taskKinds.js';
import { type CreationStep, creationChain } from './creationChain.js';
import { longPlace, shortPlace } from './places.js';
import { taskLabel, type TaskView } from './taskTexts.js';

/** All that is known of a task, a line for each fact. */
export function taskTooltip(task: Task, { index, links, atMs }: TaskView): string {
  const process = links.nameOf(task);
  const lines = [
    `${taskLabel(task)}: ${task.type}, ${task.state}`,
    task.result === undefined ? '' : `${task.state === 'rejected' ? 'Error' : 'Result'}: ${task.result}`,
    detailAt(task, atMs) ?? '',
    process === '' ? '' : `Stands for ${process}`,
    ageLine(task, ageAt(task, atMs)),
    timesLine(task, ageAt(task, atMs)),
    circleLine(task, index),
    ...unreachableLines(task),
    task.unpromised ? 'Waits for its resolve function to be called; who will do that is not known' : '',
    siteLine('Waiting at', task.awaitingAt),
    siteLine('Defined at', task.definedAt),
    siteLine('Begun in a package at', task.through),
    ...creationLines(creationChain(task, (id) => index.get(id), MAX_NAMES + 1)),
    namesLine('Waits for', task.awaits, index),
    namesLine('Awaited by', task.awaitedBy, index),
    task.beforeAttach ? 'Older than the debugger: what it waits for may not be known' : '',
  ];
  return lines
    .map((line) => plainText(line))
    .filter((line) => line !== '')
    .join('\n');
}

function ageLine(task: Task, ageMs: number): string {
  const runs = task.runs > 0 ? `, resumed ${counted(task.runs, 'time')}` : '';
  if (!isEnded(task)) return `${durationText(ageMs)} old${runs}`;
  const ago = task.endedAgoMs === undefined ? '' : `, ended ${durationText(task.endedAgoMs)} ago`;
  return `Took ${durationText(ageMs)}${ago}${runs}`;
}

function timesLine(task: Task, ageMs: number): string {
  if (isOperation(task) || (task.readyMs === undefined && task.busyMs === 0)) return '';
  const awaitingMs = ageMs - task.busyMs - (task.readyMs ?? 0);
  const ready = task.readyMs === undefined ? '' : `ready ${durationText(task.readyMs)}, `;
  return `Running ${durationText(task.busyMs)}, ${ready}awaiting ${durationText(awaitingMs)}`;
}

function unreachableLines(task: Task): string[] {
  if (!task.unreachable) return [];
  const { unreachableMore: more = 0 } = task;
  return [
    isFunctionTask(task)
      ? 'It can never go on: nothing refers to what it waits for any more, and it was garbage-collected.'
      : 'It can never settle: nothing refers to it any more, and it was garbage-collected.',
    more > 0 ? `There were ${counted(more, 'more such task')} of the same function and await line.` : '',
  ];
}

function circleLine(task: Task, index: TaskIndex): string {
  if (!task.circle) return '';
  const others = circleOf(task, index).slice(1);
  if (others.length === 0) return 'It waits for itself and will never end';
  return `It will never end: it waits for itself through ${namesText(others)}`;
}

/** The tasks of a shortest circle, from this one on. */
function circleOf(task: Task, index: TaskIndex): Task[] {
  const cameFrom = new Map<Task, Task | undefined>([[task, undefined]]);
  const pending = [task];
  for (const next of pending) {
    for (const id of next.awaits) {
      const awaited = index.get(id);
      if (awaited === task) return wayTo(next, cameFrom);
      if (!awaited?.circle || cameFrom.has(awaited) || pending.length >= MAX_CIRCLE) continue;
      cameFrom.set(awaited, next);
      pending.push(awaited);
    }
  }
  return [task];
}

function wayTo(end: Task, cameFrom: ReadonlyMap<Task, Task | undefined>): Task[] {
  const way: Task[] = [];
  for (let next: Task | undefined = end; next; next = cameFrom.get(next)) way.push(next);
  return way.reverse();
}

function siteLine(title: string, site: Site | undefined): string {
  if (!site) return '';
  return `${title} ${longPlace(site)}${site.function ? ` in ${site.function}` : ''}`;
}

function creationLines(steps: readonly CreationStep[]): string[] {
  const lines = steps.slice(0, MAX_NAMES).map(({ isCall, name, site }) => {
    const place = site ? ` at ${shortPlace(site) || longPlace(site)}` : '';
    return `${isCall ? 'Called' : 'Created'} by ${name}${place}`;
  });
  return steps.length > lines.length ? [...lines, 'and others before'] : lines;
}

function namesLine(title: string, ids: readonly string[], index: TaskIndex): string {
  const known = ids.slice(0, MAX_LOOKED_UP).flatMap((id) => index.get(id) ?? []);
  return known.length === 0 ? '' : `${title} ${namesText(known, ids.length)}`;
}

function namesText(tasks: readonly Task[], count = tasks.length): string {
  const names = tasks.slice(0, MAX_NAMES).map(taskLabel);
  const more = count - names.length;
  return `${names.join(', ')}${more > 0 ? ` and ${counted(more, 'other')}` : ''}`;
}

const MAX_NAMES = 5;
const MAX_LOOKED_UP = 20;
const MAX_CIRCLE = 10_000;
