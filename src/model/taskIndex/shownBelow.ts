import { isFunctionTask, isOperation } from '../tasks/taskKinds.js';
import type { IndexedTask } from './indexedTask.js';

/**
 * What is shown below a task of what it waits for. Promises of Node and of packages give way to what stands behind them;
 * a function of theirs stays as one row, and behind it only the user's tasks and the operations count. `hides`: false
 * where all are shown.
 */
export function shownBelow(top: IndexedTask, hides: boolean): readonly IndexedTask[] {
  const { awaited } = top;
  const [only] = awaited;
  if (!only || (awaited.length === 1 && !only.isHidden && !operationBehind(only, hides))) return awaited;
  const found = new Set<IndexedTask>();
  const seen = new Set<IndexedTask>([top]);
  const throughFunctions = top.isHidden;
  const pending = [...awaited].reverse();
  for (let next = pending.pop(); next; next = pending.pop()) {
    const operation = operationBehind(next, hides);
    if (operation) {
      found.add(operation);
      continue;
    }
    if (!next.isHidden || isOperation(next.task) || (next.isNamed && !throughFunctions)) {
      found.add(next);
      continue;
    }
    if (seen.has(next)) continue;
    seen.add(next);
    const behind = next.awaited;
    if (behind.length === 0 && !throughFunctions) found.add(next);
    pending.push(...[...behind].reverse());
  }
  return [...found];
}

/**
 * The timer or request that a `new Promise` was made for, or that a function of Node was called for: that itself
 * would only repeat it.
 */
function operationBehind(one: IndexedTask, hides: boolean): IndexedTask | undefined {
  const { task } = one;
  if (!hides) return undefined;
  if (task.type === 'new Promise') {
    const [behind, ...others] = one.awaited;
    return behind && others.length === 0 && isOperation(behind.task) ? behind : undefined;
  }
  if (!isFunctionTask(task) || !one.isHidden) return undefined;
  let behind: IndexedTask | undefined = one;
  for (let step = 0; behind && !isOperation(behind.task) && step < MAX_STEPS; step++) {
    const [next, ...others]: readonly IndexedTask[] = behind.awaited;
    behind = others.length === 0 && next && (isOperation(next.task) || next.isHidden) ? next : undefined;
  }
  return behind && isOperation(behind.task) && `${behind.task.name} `.startsWith(`${task.name} `)
    ? behind
    : undefined;
}

/** Promises between a function of Node and its operation. */
const MAX_STEPS = 20;
