import { t } from '../../base/texts.js';
import { type Finding, type FindingKind, isFinding, type ProcessSnapshot } from '../../protocol/snapshot.js';
import { counted } from '../numbers.js';
import { plainText } from '../plainText.js';
import { lazyRow } from './lazyRow.js';
import { isOpenable, longPlace, shortPlace } from './places.js';
import type { Row } from './row.js';
import type { RowScope } from './rowLevel.js';
import { taskRow, topPath } from './taskRow.js';

/** What does not go on, at the top of a process: circles, what can never go on, and who waits too long. Empty where all goes on. */
export function stuckRows(scope: RowScope, { warnings }: ProcessSnapshot): Row[] {
  const stuck = warnings.filter(isFinding).filter(({ kind, ongoing }) => ongoing && STUCK.has(kind));
  if (stuck.length === 0) return [];
  const id = `${scope.session}/stuck`;
  return [
    lazyRow(
      {
        id,
        label: t('Stuck'),
        icon: 'circle-slash',
        color: 'error',
        expanded: true,
        context: 'group',
        session: scope.session,
      },
      {
        description: () => counted(stuck.length, 'place'),
        tooltip: () => t('What does not go on, or has not for long. Async Warnings says what can be done.'),
        isParent: () => true,
        children: () => stuck.slice(0, MAX_ROWS).map((finding) => stuckRow(scope, id, finding)),
      },
    ),
  ];
}

function stuckRow(scope: RowScope, parentId: string, finding: Finding): Row {
  const id = `${parentId}/${plainText(finding.id, 1000)}`;
  const { site, message, advice } = finding;
  return lazyRow(
    {
      id,
      label: plainText(message),
      icon: finding.severity === 'error' ? 'error' : 'warning',
      color: finding.severity === 'error' ? 'error' : 'warning',
      expanded: false,
      context: isOpenable(site) ? 'group awaitSite' : 'group',
      ...(isOpenable(site) && { awaitSite: site }),
      session: scope.session,
    },
    {
      description: () => shortPlace(site),
      tooltip: () => [message, site ? longPlace(site) : '', advice].filter(Boolean).join('\n'),
      isParent: () => finding.tasks.length > 0,
      children: () =>
        finding.tasks
          .slice(0, MAX_ROWS)
          .flatMap((task) => scope.index.get(task) ?? [])
          .map((task) => taskRow(scope, id, task, topPath({ matched: true }))),
    },
  );
}

const STUCK: ReadonlySet<FindingKind> = new Set(['deadlock', 'starvation', 'slowTask', 'openRequest']);
const MAX_ROWS = 20;
