import type { Site, Task } from '../../protocol/snapshot.js';
import { isEnded } from './taskKinds.js';

/**
 * Puts tasks of the same function that wait at the same place together where there are many of them, at the place of
 * the first; the others stay alone.
 */
export function gatherEqual(tasks: readonly Task[]): (readonly Task[])[] {
  const names = new Map<string, number>();
  for (const { name } of tasks) names.set(name, (names.get(name) ?? 0) + 1);
  const isOften = ({ name }: Task): boolean => (names.get(name) ?? 0) > MAX_APART;
  const gathered: Task[][] = [];
  const equals = new Map<string, Task[]>();
  for (const task of tasks) {
    const key = isOften(task) ? equalKey(task) : '';
    const equal = equals.get(key);
    if (equal) {
      equal.push(task);
      continue;
    }
    const first = [task];
    if (key !== '') equals.set(key, first);
    gathered.push(first);
  }
  return gathered.flatMap((equal) => (equal.length > MAX_APART ? [equal] : equal.map((task) => [task])));
}

/** The same for tasks that look the same but for their ages. */
export function equalKey(task: Task): string {
  const ended = isEnded(task) ? task.state : '';
  const circle = task.circle ? 'circle' : '';
  const made = placeKey(task.definedAt ?? task.createdAt);
  return `${task.kind} ${task.name} ${made} ${placeKey(task.awaitingAt)} ${ended}${circle}`;
}

/** Many tasks share one place. */
function placeKey(site: Site | undefined): string {
  if (!site) return '';
  let key = placeKeys.get(site);
  if (key === undefined) {
    key = `${site.file}:${site.line}:${site.column}`;
    placeKeys.set(site, key);
  }
  return key;
}

const placeKeys = new WeakMap<Site, string>();
/** As many equal siblings are shown one by one. */
const MAX_APART = 20;
