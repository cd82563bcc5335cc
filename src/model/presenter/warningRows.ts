import {
  type BlockingEpisode,
  isBlocking,
  type Site,
  type Snapshot,
  type Warning,
} from '../../protocol/snapshot.js';
import { durationText, formatCount } from '../numbers.js';
import { plainText } from '../plainText.js';
import { functionName, isOpenable, longPlace, shortPlace } from './places.js';
import type { Row } from './row.js';

/** One row per site: those that go on first, then by the time they took in all. Below: the blocks and their stacks. */
export function warningRows(snapshot: Snapshot): Row[] {
  const found = snapshot.processes.flatMap((process) =>
    process.warnings.map((warning) => ({ process: process.name, session: process.session, warning })),
  );
  const severalProcesses = new Set(found.map(({ session }) => session)).size > 1;
  return found
    .sort((a, b) => weight(b.warning) - weight(a.warning))
    .map(({ process, session, warning }) =>
      warningRow(warning, session, severalProcesses ? process : undefined),
    );
}

function weight(warning: Warning): number {
  if (!isBlocking(warning)) return 0;
  return warning.totalMs + (warning.ongoing ? Number.MAX_SAFE_INTEGER / 2 : 0);
}

function warningRow(warning: Warning, session: string, process: string | undefined): Row {
  // Sessions are in the ids because two debuggees may run the same code.
  const id = warning.id.startsWith(session) ? warning.id : `${session}/${warning.id}`;
  const parts = [shortPlace(warning.site), oftenText(warning), process ?? ''];
  return withSite(warning.site, {
    id,
    label: plainText(
      isBlocking(warning) ? `${durationText(warning.durationMs)} · ${subject(warning)}` : warning.message,
    ),
    description: plainText(parts.filter((part) => part !== '').join(' · ')),
    tooltip: tooltip(warning),
    icon: 'warning',
    color: 'warning',
    expanded: false,
    context: 'warning',
    session,
    children: children(warning, id, session),
  });
}

/** `parseReport`, or what held the loop where no function is known. */
function subject(warning: Warning): string {
  if (warning.site?.function) return warning.site.function;
  return isBlocking(warning) && warning.cause !== 'unknown' ? warning.cause : 'event loop blocked';
}

function oftenText(warning: Warning): string {
  const parts = isBlocking(warning) && warning.ongoing ? ['going on'] : [];
  if (warning.count > 1) {
    const worst = isBlocking(warning) ? `, worst ${durationText(warning.maxMs)}` : '';
    parts.push(`${formatCount(warning.count)} times${worst}`);
  }
  return parts.join(' · ');
}

function tooltip(warning: Warning): string {
  const lines = [warning.message, warning.site ? longPlace(warning.site) : ''];
  if (isBlocking(warning)) {
    lines.push(
      `Cause: ${warning.cause}. ${durationText(warning.totalMs)} in all, ${formatCount(warning.samples)} stacks seen.`,
    );
    for (const { site, samples } of warning.episodes?.[0]?.lines.slice(0, 5) ?? []) {
      lines.push(`  ${formatCount(samples)}×  ${longPlace(site)}`);
    }
  }
  return lines
    .map((line) => plainText(line, 400))
    .filter((line) => line !== '')
    .join('\n');
}

function children(warning: Warning, id: string, session: string): Row[] {
  const episodes = isBlocking(warning) ? (warning.episodes ?? []) : [];
  if (episodes.length < 2) return frameRows(warning.stack ?? [], id, session);
  return episodes.map((episode) => episodeRow(episode, id, session));
}

function episodeRow(episode: BlockingEpisode, warningId: string, session: string): Row {
  const id = `${warningId}/${episode.seq}`;
  const facts = [episode.ongoing ? 'going on' : '', episode.cause].filter((fact) => fact !== '');
  return withSite(episode.site, {
    id,
    label: durationText(episode.durationMs),
    description: [facts.join(' · '), shortPlace(episode.site)].filter((part) => part !== '').join('  '),
    tooltip: `${formatCount(episode.samples)} stacks seen`,
    icon: 'history',
    expanded: false,
    context: 'group',
    session,
    children: frameRows(episode.stack, id, session),
  });
}

function frameRows(stack: readonly Site[], parentId: string, session: string): Row[] {
  return stack.map((frame, position) =>
    withSite(frame, {
      id: `${parentId}/frame ${position}`,
      label: functionName(frame),
      description: shortPlace(frame) || plainText(`${frame.file}:${frame.line}`),
      tooltip: longPlace(frame),
      icon: 'debug-stackframe',
      ...(isOpenable(frame) ? {} : { color: 'muted' as const }),
      expanded: false,
      context: 'frame',
      session,
      children: [],
    }),
  );
}

function withSite(site: Site | undefined, row: Row): Row {
  return isOpenable(site) ? { ...row, awaitSite: site, context: `${row.context} awaitSite` } : row;
}
