import { t } from '../../base/texts.js';
import type { ProcessSnapshot, Site, Snapshot } from '../../protocol/snapshot.js';
import { counted, durationText } from '../numbers.js';
import { plainText, together } from '../plainText.js';
import { isOpenable, longPlace, shortPlace } from './places.js';
import type { Row } from './row.js';

/** What is no warning, and stands below them: what start-up took, and blocks without a line of the program. */
export function asideRows(snapshot: Snapshot): Row[] {
  const several = snapshot.processes.length > 1;
  return snapshot.processes.flatMap((process) => [
    ...startUpRow(process, several),
    ...foreignRow(process, several),
  ]);
}

function startUpRow({ startUp, session, name }: ProcessSnapshot, several: boolean): Row[] {
  if (!startUp) return [];
  const id = `${session}/start-up`;
  return [
    {
      ...asideRow(id, session),
      label: plainText(t('start-up {0}', durationText(startUp.durationMs))),
      description: several ? plainText(name) : '',
      tooltip: t('Modules were loaded, or parts of Node itself for the first time. This is no warning.'),
      icon: 'rocket',
      children: startUp.lines.map(({ durationMs, site, package: from }, position) =>
        placeRow(site, {
          ...asideRow(`${id}/${position}`, session),
          label: plainText(together([durationText(durationMs), from ?? ''])),
          icon: 'package',
        }),
      ),
    },
  ];
}

function foreignRow({ foreignBlocks, session, name }: ProcessSnapshot, several: boolean): Row[] {
  if (!foreignBlocks) return [];
  const id = `${session}/foreign`;
  const { count, maxMs, totalMs, lines } = foreignBlocks;
  const worst = count > 1 ? t('worst {0}, {1} in all', durationText(maxMs), durationText(totalMs)) : '';
  return [
    {
      ...asideRow(id, session),
      label: plainText(t('{0} · {1} in packages or Node', durationText(maxMs), counted(count, 'block'))),
      description: plainText(together([worst, several ? name : ''])),
      tooltip: t('No line of the program was found for them. This is no warning.'),
      icon: 'library',
      children: lines.map(({ site, count: times, totalMs: ms, package: from }, position) =>
        placeRow(site, {
          ...asideRow(`${id}/${position}`, session),
          label: plainText(together([durationText(ms), from ?? '', times > 1 ? counted(times, 'time') : ''])),
          icon: 'package',
        }),
      ),
    },
  ];
}

function asideRow(id: string, session: string): Omit<Row, 'label'> {
  return {
    id,
    description: '',
    tooltip: '',
    icon: 'info',
    color: 'muted',
    expanded: false,
    context: 'aside',
    session,
    children: [],
  };
}

function placeRow(site: Site | undefined, row: Row): Row {
  const { description } = row;
  const placed: Row = {
    ...row,
    description: plainText(together([shortPlace(site), description])),
    tooltip: site ? longPlace(site) : '',
  };
  return isOpenable(site) ? { ...placed, awaitSite: site, context: `${row.context} awaitSite` } : placed;
}
