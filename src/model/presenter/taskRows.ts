import type { ProcessSnapshot, Snapshot } from '../../protocol/snapshot.js';
import { plainText } from '../plainText.js';
import { awaitTree } from './awaitTree.js';
import { isOpenable } from './places.js';
import { processDescription, processIcon, processTooltip } from './processTexts.js';
import type { Row, TaskRowOptions } from './row.js';
import { TaskFilter } from './taskFilter.js';
import { byAge, bySite, byType } from './taskGroups.js';
import { countTasks, TaskIndex } from './taskIndex.js';
import type { RowScope } from './taskRow.js';

/** Processes with their tasks; a process stands below the one that started it. */
export function taskRows(snapshot: Snapshot, options: TaskRowOptions): Row[] {
  const budget = { left: Math.max(MAX_ROWS, options.maxRows * 2) };
  const done = new Set<ProcessSnapshot>();
  const rowOf = (process: ProcessSnapshot): Row | undefined => {
    if (done.has(process)) return undefined;
    done.add(process);
    const started = snapshot.processes.filter((other) => other.parent === process.session);
    const children = started.flatMap((child) => rowOf(child) ?? []);
    return processRow(process, children, options, budget);
  };
  const known = new Set(snapshot.processes.map((process) => process.session));
  const tops = snapshot.processes.filter(
    (process) => process.parent === undefined || !known.has(process.parent),
  );
  return [...tops, ...snapshot.processes].flatMap((process) => rowOf(process) ?? []);
}

function processRow(
  process: ProcessSnapshot,
  children: readonly Row[],
  options: TaskRowOptions,
  budget: { left: number },
): Row {
  const { session } = process;
  const index = TaskIndex.of(process, options.internals);
  const scope: RowScope = {
    session,
    index,
    options,
    filter: new TaskFilter(options.filter, process.tasks, index),
    budget,
  };
  const taskCount = countTasks(index);
  const row: Row = {
    id: session,
    label: plainText(process.name) || 'node',
    description: processDescription(process, taskCount),
    tooltip: processTooltip(process, taskCount),
    ...processIcon(process),
    expanded: true,
    context: `process ${process.state}`,
    session,
    children: [...groupedRows(scope), ...children],
  };
  const site = process.blocked?.site;
  if (!isOpenable(site)) return row;
  return { ...row, awaitSite: site, context: `${row.context} awaitSite` };
}

function groupedRows(scope: RowScope): Row[] {
  switch (scope.options.grouping) {
    case 'awaits':
      return awaitTree(scope, scope.session);
    case 'site':
      return bySite(scope, scope.session);
    case 'type':
      return byType(scope, scope.session);
    case 'age':
      return byAge(scope, scope.session);
  }
}

/** Of all processes together. */
const MAX_ROWS = 5000;
