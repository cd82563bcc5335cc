import { t } from '../../base/texts.js';
import type { ProcessSnapshot, Snapshot } from '../../protocol/snapshot.js';
import { formatPercent } from '../numbers.js';
import { plainText } from '../plainText.js';
import type { Listed } from '../taskIndex/listing.js';
import { TaskIndex } from '../taskIndex/taskIndex.js';
import { shownAtMs } from '../tasks/taskHistory.js';
import type { Selection } from '../taskIndex/taskSelection.js';
import { awaitTree } from './awaitTree.js';
import type { FollowedTask } from './followedTask.js';
import { followRows } from './followRows.js';
import { groupRows, rowsByAge } from './groupRows.js';
import { lazyRow } from './lazyRow.js';
import { isOpenable } from './places.js';
import { ProcessLinks } from './processLinks.js';
import { knownTasks, processDescription, processIcon, processTooltip } from './processTexts.js';
import type { Row } from './row.js';
import type { TaskRowOptions } from './taskRowOptions.js';
import type { RowScope } from './rowLevel.js';
import { findingsByTask } from './taskFindings.js';
import { stuckRows } from './stuckRows.js';
import { TaskFilter } from './taskFilter.js';

/** Processes with their tasks, a process below the one that started it; or the one task that is followed. */
export function taskRows(snapshot: Snapshot, options: TaskRowOptions): Row[] {
  const rows = new ProcessRows(snapshot, options);
  return options.follow ? rows.followed(options.follow) : rows.all();
}

class ProcessRows {
  private readonly links: ProcessLinks;
  /** Rows that may still be made. */
  private readonly budget: RowScope['budget'];
  private readonly done = new Set<ProcessSnapshot>();
  /** There are tasks that were not looked at. */
  private isSearching = false;

  constructor(
    private readonly snapshot: Snapshot,
    private readonly options: TaskRowOptions,
  ) {
    this.links = new ProcessLinks(snapshot.processes);
    this.budget = { left: Math.max(MAX_ROWS, options.maxRows * 2) };
  }

  all(): Row[] {
    const { processes } = this.snapshot;
    const known = new Set(processes.map(({ session }) => session));
    const tops = processes.filter(({ parent }) => parent === undefined || !known.has(parent));
    const rows = [...tops, ...processes].flatMap((process) => this.rowsOf(process));
    return this.isSearching || !hasNoMatch(rows, this.options.filter) ? rows : [...rows, noMatchRow()];
  }

  followed(followed: FollowedTask): Row[] {
    const process = this.snapshot.processes.find(({ session }) => session === followed.session);
    if (!process) return [];
    const index = this.indexOf(process);
    return followRows(this.scopeOf(process, index, index.everything), followed);
  }

  /** None where it has one already. */
  private rowsOf(process: ProcessSnapshot): Row[] {
    if (this.done.has(process)) return [];
    this.done.add(process);
    const { grouping, filter, steps } = this.options;
    const started = this.snapshot.processes.filter(({ parent }) => parent === process.session);
    const children = started.flatMap((child) => this.rowsOf(child));
    const index = this.indexOf(process, steps?.tasks);
    const asked = TaskFilter.of(filter, { index, links: this.links });
    const selection = index.select(grouping, asked, steps?.tasks);
    if (!index.isWhole || selection.progress !== undefined) {
      this.isSearching = true;
      steps?.onMore();
    }
    return [processRow(process, children, this.scopeOf(process, index, selection), selection)];
  }

  private indexOf(process: ProcessSnapshot, most?: number): TaskIndex {
    const { internals, hidden } = this.options;
    return TaskIndex.of(process, internals, hidden?.(process.session), most);
  }

  private scopeOf(process: ProcessSnapshot, index: TaskIndex, { search }: Selection): RowScope {
    const { links, options, budget } = this;
    const { session, paused } = process;
    return {
      index,
      links,
      session,
      options,
      search,
      budget,
      paused,
      atMs: shownAtMs(process),
      findings: findingsByTask(process.warnings),
    };
  }
}

function processRow(
  process: ProcessSnapshot,
  started: readonly Row[],
  scope: RowScope,
  selection: Selection,
): Row {
  const { session, index } = scope;
  const context = `process ${process.state}`;
  const site = process.blocked?.site ?? process.paused?.site;
  const tasks = knownTasks(process, index);
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
      description: () => processDescription(process, tasks),
      tooltip: () => processTooltip(process, tasks),
      children: () => [
        ...(scope.options.stuck ? stuckRows(scope, process) : []),
        ...selectedRows(scope, selection),
        ...started,
      ],
    },
  );
}

function selectedRows(scope: RowScope, { listed, progress }: Selection): Row[] {
  const rows = listedRows(scope, listed);
  return progress === undefined ? rows : [...rows, searchingRow(scope, progress)];
}

function listedRows(scope: RowScope, listed: Listed): Row[] {
  const { session } = scope;
  switch (listed.by) {
    case 'awaits':
      return awaitTree(scope, session, listed.tasks);
    case 'site':
    case 'type':
      return groupRows(scope, session, listed.by, listed.tasks);
    case 'age':
      return rowsByAge(scope, session, listed.tasks);
  }
}

function hasNoMatch(rows: readonly Row[], filter: string): boolean {
  const isEmpty = (row: Row): boolean =>
    row.context.startsWith('process') && row.children.every((child) => isEmpty(child));
  return filter.trim() !== '' && rows.length > 0 && rows.every(isEmpty);
}

/** Stands below the processes, which stay. */
function noMatchRow(): Row {
  return {
    id: 'no match',
    label: t('No task passes the filter'),
    description: '',
    tooltip: t('Tasks of hidden files are not searched: show internals to find those too.'),
    icon: 'info',
    color: 'muted',
    expanded: false,
    context: 'more',
    children: [],
  };
}

/** Stands at the end while there are tasks that were not looked at. */
function searchingRow({ session }: RowScope, progress: number): Row {
  return {
    id: `${session}/searching`,
    label: t('Looking through the tasks: {0}', formatPercent(progress)),
    description: '',
    tooltip: t('There are very many: what was found so far is shown.'),
    icon: 'ellipsis',
    color: 'muted',
    expanded: false,
    context: 'more',
    session,
    children: [],
  };
}

/** Of all processes together. */
const MAX_ROWS = 5000;
