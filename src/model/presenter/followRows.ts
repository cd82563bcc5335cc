import { t } from '../../base/texts.js';
import type { Task } from '../../protocol/snapshot.js';
import { counted } from '../numbers.js';
import { plainText } from '../plainText.js';
import { isEnded } from '../tasks/taskKinds.js';
import { type CreationStep, creationChain } from './creationChain.js';
import type { FollowedTask } from './followedTask.js';
import { lazyRow } from './lazyRow.js';
import { isOpenable, longPlace, shortPlace } from './places.js';
import type { Row } from './row.js';
import { levelRows, type RowScope } from './rowLevel.js';
import { taskIcon } from './taskIcons.js';
import { sitesOf, taskRow, topPath } from './taskRow.js';
import { taskDescription, taskLabel } from './taskTexts.js';
import { taskTooltip } from './taskTooltip.js';

/** One task with all that belongs to it: what it waits for, who waits for it, and who called it. */
export function followRows(scope: RowScope, followed: FollowedTask): Row[] {
  const id = rootId(followed);
  const task = scope.index.get(followed.task.id);
  const rows = [
    task
      ? taskRow(scope, id, task, topPath({ expanded: true, matched: true }))
      : goneRow(scope, id, followed),
  ];
  const waiting = task ? scope.index.above(task) : [];
  if (task && waiting.length > 0) rows.push(awaitedByRow(scope, `${id}/awaitedBy`, task, waiting));
  const get = (caller: string): Task | undefined => scope.index.get(caller) ?? followed.callers.get(caller);
  const steps = creationChain(task ?? followed.task, get);
  if (steps.length > 0) rows.push(creationRow(scope, creationRowId(followed), steps));
  return rows;
}

/** Id of the row that the creation chain stands below. */
export function creationRowId(followed: FollowedTask): string {
  return `${rootId(followed)}/calledBy`;
}

function rootId({ session, task }: FollowedTask): string {
  return `${session}/follow ${task.id}`;
}

/** As it was last known: how long ago it ended is not known any more. */
function goneRow(scope: RowScope, id: string, { task }: FollowedTask): Row {
  const ended: Task = { ...task, awaits: [], awaitedBy: [] };
  delete ended.endedAgoMs;
  return {
    id: `${id}/gone`,
    label: taskLabel(ended),
    description: isEnded(ended) ? taskDescription(ended, scope) : t('ended'),
    tooltip: taskTooltip(ended, scope),
    ...(isEnded(ended) ? taskIcon(ended) : { icon: 'circle-slash', color: 'muted' }),
    expanded: false,
    ...sitesOf(ended, 'ended'),
    session: scope.session,
    children: [],
  };
}

function awaitedByRow(scope: RowScope, id: string, task: Task, waiting: readonly Task[]): Row {
  const path = topPath({ tasks: [task], expanded: true, direction: 'awaitedBy' });
  return lazyRow(
    {
      id,
      label: t('Awaited by'),
      icon: 'arrow-swap',
      expanded: true,
      context: 'group',
      session: scope.session,
    },
    {
      description: () => counted(waiting.length, 'task'),
      tooltip: () => t('What waits for {0}, and what waits for that', taskLabel(task)),
      isParent: () => true,
      children: () =>
        levelRows(scope, id, {
          items: waiting,
          tasks: waiting.length,
          row: (one) => taskRow(scope, id, one, path),
          name: (one) => one.name,
        }),
    },
  );
}

function creationRow(scope: RowScope, id: string, steps: readonly CreationStep[]): Row {
  return {
    id,
    label: t('Called by'),
    description: counted(steps.length, 'caller'),
    tooltip: t('Who called or created it, who called that, and so on'),
    icon: 'call-incoming',
    expanded: true,
    context: 'group',
    session: scope.session,
    children: levelRows(scope, id, {
      items: steps.map((step, position) => ({ step, position })),
      tasks: steps.length,
      row: ({ step, position }) => stepRow(scope, `${id}/${position}`, step),
      name: ({ step }) => step.name,
    }),
  };
}

/** A click leads to the call. */
function stepRow(scope: RowScope, id: string, { name, created, isCall, site, creator }: CreationStep): Row {
  const lives = creator && scope.index.get(creator.id) !== undefined;
  return {
    id,
    label: name,
    description: plainText(
      `${isCall ? t('called {0}', created) : t('created {0}', created)}  ${shortPlace(site)}`,
    ),
    tooltip: [creator ? taskTooltip(creator, scope) : '', site ? t('Called at {0}', longPlace(site)) : '']
      .filter(Boolean)
      .join('\n'),
    ...(creator ? taskIcon(creator) : { icon: 'debug-stackframe' as const }),
    expanded: false,
    context: [lives ? 'task' : 'frame', isOpenable(site) ? 'awaitSite' : ''].filter(Boolean).join(' '),
    ...(isOpenable(site) && { awaitSite: site }),
    session: scope.session,
    ...(lives && { task: creator.id }),
    children: [],
  };
}
