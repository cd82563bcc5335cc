import { t } from '../../base/texts.js';
import type { Site, Task } from '../../protocol/snapshot.js';
import { counted, durationText } from '../numbers.js';
import { plainText } from '../plainText.js';
import type { TaskIndex } from '../taskIndex/taskIndex.js';
import { ageAt, detailAt } from '../tasks/taskAge.js';
import { isEnded, isFunctionTask, isOperation } from '../tasks/taskKinds.js';
import { type CreationStep, creationChain } from './creationChain.js';
import { longPlace, shortPlace } from './places.js';
import { taskLabel, type TaskView } from './taskTexts.js';
import { stateText, typeText } from './words.js';

/** All that is known of a task, a line for each fact. */
export function taskTooltip(task: Task, { index, links, atMs, findings }: TaskView): string {
  const process = links.nameOf(task);
  const lines = [
    `${taskLabel(task)}: ${typeText(task.type)}, ${stateText(task.state)}`,
    resultLine(task),
    detailAt(task, atMs) ?? '',
    process === '' ? '' : t('Stands for {0}', process),
    ...(findings?.get(task.id) ?? []).map(({ message }) => message),
    ageLine(task, ageAt(task, atMs)),
    timesLine(task, ageAt(task, atMs)),
    circleLine(task, index),
    ...unreachableLines(task),
    task.unpromised ? t('Waits for its resolve function to be called; who will do that is not known') : '',
    task.awaitingAt ? t('Waiting at {0}', siteText(task.awaitingAt)) : '',
    task.definedAt ? t('Defined at {0}', siteText(task.definedAt)) : '',
    task.through ? t('Begun in a package at {0}', siteText(task.through)) : '',
    ...creationLines(creationChain(task, (id) => index.get(id), MAX_NAMES + 1)),
    namesLine((names) => t('Waits for {0}', names), task.awaits, index),
    namesLine((names) => t('Awaited by {0}', names), task.awaitedBy, index),
    task.beforeAttach ? t('Older than the debugger: what it waits for may not be known') : '',
  ];
  return lines
    .map((line) => plainText(line))
    .filter((line) => line !== '')
    .join('\n');
}

function ageLine(task: Task, ageMs: number): string {
  const { runs, endedAgoMs } = task;
  const age = durationText(ageMs);
  return [
    isEnded(task) ? t('Took {0}', age) : t('{0} old', age),
    isEnded(task) && endedAgoMs !== undefined ? t('ended {0} ago', durationText(endedAgoMs)) : '',
    runs > 0 ? t('resumed {0}', counted(runs, 'time')) : '',
  ]
    .filter((fact) => fact !== '')
    .join(', ');
}

function timesLine(task: Task, ageMs: number): string {
  if (isOperation(task) || (task.readyMs === undefined && task.busyMs === 0)) return '';
  const awaitingMs = ageMs - task.busyMs - (task.readyMs ?? 0);
  const running = durationText(task.busyMs);
  const awaiting = durationText(awaitingMs);
  return task.readyMs === undefined
    ? t('Running {0}, awaiting {1}', running, awaiting)
    : t('Running {0}, ready {1}, awaiting {2}', running, durationText(task.readyMs), awaiting);
}

function unreachableLines(task: Task): string[] {
  if (!task.unreachable) return [];
  const { unreachableMore: more = 0 } = task;
  return [
    isFunctionTask(task)
      ? t('It can never go on: nothing refers to what it waits for any more, and it was garbage-collected.')
      : t('It can never settle: nothing refers to it any more, and it was garbage-collected.'),
    more > 0 ? t('There were {0} of the same function and await line.', counted(more, 'more such task')) : '',
  ];
}

function circleLine(task: Task, index: TaskIndex): string {
  if (!task.circle) return '';
  const others = circleOf(task, index).slice(1);
  if (others.length === 0) return t('It waits for itself and will never end');
  return t('It will never end: it waits for itself through {0}', namesText(others));
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

function resultLine({ state, result }: Task): string {
  if (result === undefined) return '';
  return state === 'rejected' ? t('Error: {0}', result) : t('Result: {0}', result);
}

function siteText(site: Site): string {
  const place = longPlace(site);
  return site.function ? t('{0} in {1}', place, site.function) : place;
}

function creationLines(steps: readonly CreationStep[]): string[] {
  const lines = steps.slice(0, MAX_NAMES).map(({ isCall, name, site }) => {
    const who = isCall ? t('Called by {0}', name) : t('Created by {0}', name);
    return site ? t('{0} at {1}', who, shortPlace(site) || longPlace(site)) : who;
  });
  return steps.length > lines.length ? [...lines, t('and others before')] : lines;
}

function namesLine(line: (names: string) => string, ids: readonly string[], index: TaskIndex): string {
  const known = ids.slice(0, MAX_LOOKED_UP).flatMap((id) => index.get(id) ?? []);
  return known.length === 0 ? '' : line(namesText(known, ids.length));
}

function namesText(tasks: readonly Task[], count = tasks.length): string {
  const named = tasks.slice(0, MAX_NAMES).map(taskLabel);
  const names = named.join(', ');
  const more = count - named.length;
  return more > 0 ? t('{0} and {1}', names, counted(more, 'other')) : names;
}

const MAX_NAMES = 5;
const MAX_LOOKED_UP = 20;
const MAX_CIRCLE = 10_000;
