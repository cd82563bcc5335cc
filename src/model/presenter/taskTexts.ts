import type { Site, Task } from '../../protocol/snapshot.js';
import { counted, durationText } from '../numbers.js';
import { plainText } from '../plainText.js';
import { isOpenable, longPlace, shortPlace } from './places.js';
import { isOperation, type TaskIndex } from './taskIndex.js';

/** `checkout`, `Promise.all 1/3`, `setTimeout 1,000 ms`. */
export function taskLabel(task: Task): string {
  const inputs = task.inputs && task.inputs.total > 0 ? ` ${task.inputs.settled}/${task.inputs.total}` : '';
  return plainText(`${task.name}${inputs}`) || '<anonymous>';
}

/** `⟶ Promise.all 1/3 · 1.2 s  server.ts:57`. */
export function taskDescription(task: Task, index: TaskIndex): string {
  const facts = [stateText(task, index), detailText(task), ageText(task)].filter((fact) => fact !== '');
  const place = shortPlace(taskSite(task));
  return plainText([facts.join(' · '), place].filter((part) => part !== '').join('  '));
}

/** Where to look for a task: its await, else where it was made. */
export function taskSite(task: Task): Site | undefined {
  return [task.awaitingAt, task.definedAt, task.createdAt].find(isOpenable);
}

export function taskTooltip(task: Task, index: TaskIndex): string {
  const lines = [
    `${taskLabel(task)}: ${task.type}, ${task.state}`,
    task.detail ?? '',
    `${durationText(task.ageMs)} old${task.runs > 0 ? `, resumed ${counted(task.runs, 'time')}` : ''}`,
    siteLine('Waiting at', task.awaitingAt),
    siteLine('Defined at', task.definedAt),
    siteLine('Created at', task.createdAt),
    namesLine('Waits for', task.awaits, index),
    namesLine('Awaited by', task.awaitedBy, index),
    task.createdBy === undefined ? '' : namesLine('Created in', [task.createdBy], index),
    task.beforeAttach ? 'Older than the debugger: what it waits for may not be known' : '',
  ];
  return lines
    .map((line) => plainText(line))
    .filter((line) => line !== '')
    .join('\n');
}

function stateText(task: Task, index: TaskIndex): string {
  if (isOperation(task)) return '';
  if (task.state === 'running' || task.state === 'ready') return task.state;
  const below = index.below(task);
  const [first] = below;
  if (!first) return task.state === 'awaiting' ? 'awaiting' : '';
  if (below.length === 1) return `⟶ ${taskLabel(tellingTask(first, index))}`;
  return `⟶ ${counted(below.length, below.every(isOperation) ? 'operation' : 'promise')}`;
}

/** Past promises that say nothing of themselves to what stands behind them. */
function tellingTask(task: Task, index: TaskIndex): Task {
  let telling = task;
  for (let step = 0; step < MAX_STEPS && telling.kind === 'promise'; step++) {
    const [first, ...others] = index.below(telling);
    if (!first || others.length > 0) break;
    telling = first;
  }
  return telling;
}

function detailText(task: Task): string {
  return task.detail === undefined || task.detail === '' || hasInName(task, task.detail) ? '' : task.detail;
}

/** A file's path is left to the tooltip when the name ends like it. */
function hasInName(task: Task, detail: string): boolean {
  const last = task.name.split(' ').at(-1) ?? '';
  return last !== '' && detail.endsWith(last);
}

function ageText(task: Task): string {
  const isTimed = task.kind === 'timer' && task.detail !== undefined;
  return isTimed || task.kind === 'handle' ? '' : durationText(task.ageMs);
}

function siteLine(title: string, site: Site | undefined): string {
  if (!site) return '';
  return `${title} ${longPlace(site)}${site.function ? ` in ${site.function}` : ''}`;
}

function namesLine(title: string, ids: readonly string[], index: TaskIndex): string {
  const names = ids.slice(0, MAX_NAMES).flatMap((id) => {
    const task = index.get(id);
    return task ? [taskLabel(task)] : [];
  });
  if (names.length === 0) return '';
  const more = ids.length > MAX_NAMES ? ` and ${counted(ids.length - MAX_NAMES, 'other')}` : '';
  return `${title} ${names.join(', ')}${more}`;
}

const MAX_STEPS = 10;
const MAX_NAMES = 5;
