import { t } from '../../base/texts.js';
import type { ProcessSnapshot, Site, Task } from '../../protocol/snapshot.js';
import { counted, durationText, formatCount } from '../numbers.js';
import { basename } from '../paths.js';
import { plainText, together } from '../plainText.js';
import type { TaskIndex } from '../taskIndex/taskIndex.js';
import { isDependency, isOwn } from '../codeOrigin.js';
import { packageName } from '../tasks/externalNames.js';
import { ageAt, detailAt } from '../tasks/taskAge.js';
import { resourceType } from '../tasks/resourceTypes.js';
import { isEnded, isFunctionTask, isOperation, isRequest } from '../tasks/taskKinds.js';
import { isOpenable, shortPlace } from './places.js';
import type { ProcessLinks } from './processLinks.js';
import type { FindingsByTask } from './taskFindings.js';
import { stateText, typeText } from './words.js';

/** What the texts of a task are made from besides the task itself. */
export interface TaskView {
  index: TaskIndex;
  links: ProcessLinks;
  /** What was found of the tasks; absent: nothing. */
  findings?: FindingsByTask;
  /** Where the debugger stands, while it holds the program. */
  paused?: ProcessSnapshot['paused'];
  /** The moment that all ages are told of, on the debuggee's clock; absent: whenever a text is made. */
  atMs?: number | undefined;
}

/** `checkout`, `Promise.all 1/3`, `setTimeout 1,000 ms`. */
export function taskLabel(task: Task): string {
  return plainText(`${task.name}${inputsText(task.inputs)}`) || '<anonymous>';
}

function inputsText(inputs: Task['inputs']): string {
  return inputs && inputs.total > 0 ? ` ${formatCount(inputs.settled)}/${formatCount(inputs.total)}` : '';
}

/** `⟶ Promise.all 1/3 · 1.2 s  server.ts:57`, `fulfilled { id: 42 } · 3.0 s ago  cart.ts:12`. */
export function taskDescription(task: Task, view: TaskView): string {
  const facts = together([taskFacts(task, view), timeText(task, view)]);
  return plainText([facts, shortPlace(taskSite(task, view.paused))].filter(Boolean).join('  '));
}

/** What its description tells of it besides times and its place: `⟶ Promise.all 1/3`, `fulfilled { id: 42 }`. */
export function taskFacts(task: Task, view: TaskView): string {
  if (isEnded(task)) return resultText(task);
  const detail = task.kind === 'timer' ? '' : detailText(task);
  const unref = task.unref ? t("unref'd") : '';
  const holders = holdersText(task, view);
  return together([
    linkText(task, view),
    doingText(task, view),
    detail,
    holders,
    unref,
    throughText(task, view),
    findingText(task, view),
  ]);
}

/** What its other words do not say already. */
function findingText({ id }: Task, { findings }: TaskView): string {
  const kinds = new Set(findings?.get(id)?.map(({ kind }) => kind));
  return kinds.has('floatingPromise') ? t('nobody awaits it') : '';
}

/** Whether the debugger stands in the task. */
export function isPausedIn(task: Task, paused: ProcessSnapshot['paused']): boolean {
  return paused?.task === task.id;
}

/** Where to look for a task: where the debugger stands in it, its await, else where it was made. */
export function taskSite(task: Task, paused?: ProcessSnapshot['paused']): Site | undefined {
  const stands = isPausedIn(task, paused) ? paused?.taskSite : undefined;
  return [stands, task.awaitingAt, task.definedAt, task.createdAt].find(isOpenable);
}

/** `async function`, `timer`, `TCP connect`. */
export function typeLabel(task: Task): string {
  if (!isOperation(task)) return typeText(task.type);
  return task.type === 'Timeout' ? t('timer') : t(resourceType(task.type).name);
}

/** `fulfilled { id: 42 }`, `rejected Error: no stock`; a result of nothing is not told. */
function resultText({ state, result }: Task): string {
  return result === undefined || result === 'undefined'
    ? stateText(state)
    : plainText(`${stateText(state)} ${result}`, MAX_RESULT);
}

function linkText(task: Task, view: TaskView): string {
  const name = view.links.nameOf(task);
  return name === '' ? '' : `→ ${name}`;
}

function doingText(task: Task, view: TaskView): string {
  if (task.circle) return circleText(task, view);
  if (task.unreachable) return unreachableText(task, view);
  if (isPausedIn(task, view.paused)) return t('paused here');
  if (isRequest(task)) return requestText(task, view);
  if (isOperation(task)) return '';
  if (task.state === 'ready') return readyText(task, view);
  if (task.state === 'running') return stateText(task.state);
  return awaitedText(task, view) || (task.state === 'awaiting' ? stateText(task.state) : '');
}

/** Since when it is ready is something else than its age. */
function readyText({ readySinceMs }: Task, { atMs }: TaskView): string {
  if (readySinceMs === undefined || atMs === undefined) return stateText('ready');
  return t('ready for {0}', durationText(Math.max(0, atMs - readySinceMs)));
}

function awaitedText(task: Task, view: TaskView): string {
  const below = view.index.below(task);
  const [first] = below;
  if (!first) return '';
  if (below.length === 1) {
    const telling = tellingTask(first, view.index);
    return `⟶ ${task.awaiting !== undefined && saysLittle(telling) ? task.awaiting : leafText(telling, view)}`;
  }
  const count = below.length + (task.awaitsMore ?? 0);
  return `⟶ ${below.every(isOperation) ? counted(count, 'operation') : counted(count, 'promise')}`;
}

export function circleWord(): string {
  return t('waits in a circle');
}

export function unreachableWord(): string {
  return t('can never go on');
}

/** A promise, or a function of Node or of a package: what was called, and with what, is in the program's source. */
function saysLittle(task: Task): boolean {
  if (task.kind === 'promise') return true;
  return isFunctionTask(task) && !isOwn((task.definedAt ?? task.awaitingAt)?.file ?? '');
}

/** What it waits for, and that this will never come. */
function unreachableText(task: Task, view: TaskView): string {
  if (!isFunctionTask(task)) return t('nothing refers to it');
  const awaited = awaitedText(task, view);
  return awaited === ''
    ? t('can never go on: nothing refers to what it waits for')
    : `${awaited} · ${unreachableWord()}`;
}

/** Whom of the circle it awaits. */
function circleText(task: Task, view: TaskView): string {
  const next = view.index.below(task).find(({ circle }) => circle);
  if (!next || next === task) return t('waits for itself');
  const telling = tellingTask(next, view.index);
  return `⟶ ${leafText(telling === task ? next : telling, view)} · ${circleWord()}`;
}

/** What its handler is doing, and at the end of how many calls. */
function requestText(request: Task, view: TaskView): string {
  const begun = view.index.below(request).filter((task) => !isEnded(task));
  const [first] = begun;
  if (!first) return '';
  if (begun.length > 1) return `⟶ ${counted(begun.length, 'task')}`;
  if (isOperation(first)) return `⟶ ${leafText(first, view)}`;
  const text = doingText(first, view);
  const calls = first.state === 'awaiting' && !first.circle ? callsBelow(first, view.index) : [];
  const last = calls.at(-1);
  if (!last || calls.length < 2) return text;
  return `${text} ⟶ ${calls.length > 2 ? '… ⟶ ' : ''}${leafText(last, view)}`;
}

/** What a task waits for, what that waits for and so on, as long as that is one thing that tells something. */
function callsBelow(task: Task, index: TaskIndex): Task[] {
  const calls: Task[] = [];
  for (let below = index.below(task); below.length === 1 && calls.length < MAX_CALLS;) {
    const [next] = below as [Task];
    const telling = tellingTask(next, index);
    if (telling.kind === 'promise' && telling.name === telling.type) break;
    calls.push(telling);
    if (telling.circle) break;
    below = index.below(telling);
  }
  return calls;
}

/** `37 waiting · held by exportAll ×6, checkout ×4` */
function holdersText(task: Task, { index }: TaskView): string {
  if (task.type !== 'NAMED') return '';
  const counts = new Map<string, number>();
  for (const holder of index.below(task)) {
    const name = taskLabel(holder);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const most = [...counts].sort(([, a], [, b]) => b - a).slice(0, MAX_HOLDERS);
  const names = most.map(([name, count]) => (count > 1 ? `${name} ×${formatCount(count)}` : name));
  const waiting = task.awaitedBy.length;
  return together([
    waiting > 0 ? t('{0} waiting', formatCount(waiting)) : '',
    names.length > 0 ? t('held by {0}', names.join(', ') + (counts.size > most.length ? ', …' : '')) : '',
  ]);
}

/** `by pg`; where no line of the program is known, also which task it was begun for: `by pg for loadUser`. */
function throughText({ through, createdAt, createdBy }: Task, { index }: TaskView): string {
  const name = through && packageName(through.file);
  if (name === undefined) return '';
  const maker =
    createdBy === undefined || !isDependency(createdAt?.file ?? '') ? undefined : index.get(createdBy);
  return maker ? t('by {0} for {1}', name, taskLabel(maker)) : t('by {0}', name);
}

/** A worker's or child's own name where it has a row. */
function leafText(task: Task, { links }: TaskView): string {
  return links.nameOf(task) || taskLabel(task);
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

function detailText(task: Task, atMs?: number): string {
  if (task.unpromised) return t('waits for its resolve function to be called');
  const detail = detailAt(task, atMs);
  return detail === undefined || detail === '' || hasInName(task, detail) ? '' : detail;
}

/** A file's path is left to the tooltip when the name ends with the file's. */
function hasInName({ name }: Task, detail: string): boolean {
  const end = basename(detail);
  return name === end || name.endsWith(` ${end}`);
}

/** How long ago it has ended, what is left of a timer, or its age, of which only the least is known of what is older than the debugger. */
function timeText(task: Task, { atMs }: TaskView): string {
  if (isEnded(task)) return task.endedAgoMs === undefined ? '' : t('{0} ago', durationText(task.endedAgoMs));
  if (task.kind === 'timer' && task.detail !== undefined) return detailText(task, atMs);
  if (task.fromHeap) return '';
  if (task.beforeAttach) return t('older than the debugger');
  return task.kind === 'handle' || task.state === 'ready' ? '' : durationText(ageAt(task, atMs));
}

const MAX_STEPS = 10;
const MAX_CALLS = 40;
const MAX_HOLDERS = 3;
/** A long result must leave room for how long ago that was. */
const MAX_RESULT = 120;
