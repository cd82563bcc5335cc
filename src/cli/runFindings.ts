import { t } from '../base/texts.js';
import { counted } from '../model/numbers.js';
import { type Finding, isFinding, type Snapshot, type Warning } from '../protocol/snapshot.js';
import { annotation } from './annotations.js';
import type { Paragraph } from './endReport.js';
import { placeText } from './warningText.js';

/** A finding with its place and what it was concluded from; files are shown from the folder `cwd`. */
export function findingParagraph(finding: Finding, cwd: string): Paragraph {
  const { message, site, evidence } = finding;
  const facts = evidence.slice(0, MAX_FACTS).map((fact) => {
    const place = fact.site ? placeText(fact.site, cwd) : '';
    // a place names its function itself
    const text =
      fact.site?.function && fact.text.endsWith(` in ${fact.site.function}`)
        ? fact.text.slice(0, -fact.site.function.length - 1)
        : fact.text;
    return `  ${[text, place].filter((part) => part !== '').join(' ')}`;
  });
  return {
    text: site ? t('{0}, at {1}', message, placeText(site, cwd)) : message,
    ...(facts.length > 0 && { tree: facts.join('\n') }),
  };
}

/** Why a run fails: what was found of these kinds; `undefined` where nothing was. */
export function failure({ processes }: Snapshot, kinds: readonly string[]): string | undefined {
  const found = processes.flatMap(({ warnings }) => warnings).filter(({ kind }) => kinds.includes(kind));
  if (found.length === 0) return undefined;
  const counts = kinds.map((kind) => [kind, found.filter((one) => one.kind === kind).length] as const);
  const told = counts.filter(([, count]) => count > 0).map(([kind, count]) => `${kind} ${count}`);
  return t(
    '--fail-on: {0} found ({1}), so this ends with code 1.',
    counted(found.length, 'place'),
    told.join(', '),
  );
}

/** All that was found, as GitHub Actions reads it, a line for each place. */
export function annotations({ processes }: Snapshot, cwd: string): string[] {
  return processes
    .flatMap(({ warnings }) => warnings)
    .map((warning) => annotation(warning, severityOf(warning), cwd));
}

function severityOf(warning: Warning): Finding['severity'] {
  return isFinding(warning) ? warning.severity : 'warning';
}

const MAX_FACTS = 6;
