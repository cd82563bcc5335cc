import type { ProcessSnapshot, Snapshot } from '../../protocol/snapshot.js';
import { plainText } from '../plainText.js';
import { awaitTree } from './awaitTree.js';
import { followRows } from './followRows.js';
import { lazyRow } from './lazyRow.js';
import { isOpenable } from './places.js';
import { processDescription, processIcon, processTooltip } from './processTexts.js';
import { ProcessLinks } from './processLinks.js';
import type { Row, TaskRowOptions } from './row.js';
import type { RowScope } from './rowLevel.js';
import { TaskFilter } from './taskFilter.js';
import { byAge, bySite, byType } from './taskGroups.js';
import { TaskIndex } from './taskIndex.js';

/** Processes with their tasks, a process below the one that started it; or the one task that is followed. */
export function taskRows(snapshot: Snapshot, options: TaskRowOptions): Row[] {
  const { follow } = options;
  const links = new ProcessLinks(snapshot.processes);
  const budget = { left: Math.max(MAX_ROWS, options.maxRows * 2) };
  if (follow) {
    const process = snapshot.processes.find(({ session }) => session === follow.session);
    return process ? followRows(scopeOf(process, links, { ...options, filter: '' }, budget), follow) : [];
  }
  const done = new Set<ProcessSnapshot>();
  const rowOf = (process: ProcessSnapshot): Row | undefined => {
    if (done.has(process)) return undefined;
    done.add(process);
    const started = snapshot.processes.filter((other) => other.parent === process.session);
    const children = started.flatMap((child) => rowOf(child) ?? []);
    return processRow(process, children, scopeOf(process, links, options, budget));
  };
  const known = new Set(snapshot.processes.map((process) => process.session));
  const tops = snapshot.processes.filter(
    (process) => process.parent === undefined || !known.has(process.parent),
  );
  return [...tops, ...snapshot.processes].flatMap((process) => rowOf(process) ?? []);
}

function scopeOf(
  process: ProcessSnapshot,
  links: ProcessLinks,
  options: TaskRowOptions,
  budget: { left: number },
): RowScope {
  const { session } = process;
  const view = { index: TaskIndex.of(process, options.internals, options.hidden?.(session)), links };
  return { ...view, session, options, filter: new TaskFilter(options.filter, view), budget };
}

function processRow(process: ProcessSnapshot, children: readonly Row[], scope: RowScope): Row {
  const { session, index } = scope;
  const context = `process ${process.state}`;
  const site = process.blocked?.site;
  return lazyRow(
    {
      id: session,
      label: plainText(process.name) || 'node',
      ...processIcon(process),
      expanded: true,
      ...(isOpenable(site) ? { awaitSite: site, context: `${context} awaitSite` } : { context }),
      session,
    },
    {
      description: () => processDescription(process, index.count),
      tooltip: () => processTooltip(process, index.count),
      children: () => [...groupedRows(scope), ...children],
    },
  );
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
