import { isFinding, type FindingKind, type ProcessSnapshot } from '../protocol/snapshot.js';
import type { Answer } from './answer.js';

/** What was found out of a process, of these kinds or of all: what is true, from what that is concluded, and what to do. */
export function findingLines(
  answer: Answer,
  process: ProcessSnapshot,
  kinds?: readonly FindingKind[],
): number {
  const findings = process.warnings.filter(isFinding).filter(({ kind }) => kinds?.includes(kind) ?? true);
  for (const { message, site, severity, ongoing, count, evidence, advice } of findings.slice(
    0,
    MAX_FINDINGS,
  )) {
    const facts = [severity, ongoing ? 'it is so now' : '', count > 1 ? `${count} times` : ''];
    answer.line(
      `- ${answer.name(message)}${site ? ` at ${answer.place(site)}` : ''} (${facts.filter(Boolean).join(', ')})`,
    );
    for (const fact of evidence.slice(0, MAX_EVIDENCE))
      answer.line(`${answer.name(fact.text)}${fact.site ? ` at ${answer.place(fact.site)}` : ''}`, 1);
    if (advice !== '') answer.line(`What to do: ${answer.name(advice)}`, 1);
  }
  if (findings.length > MAX_FINDINGS) answer.line(`and ${findings.length - MAX_FINDINGS} more findings.`);
  return findings.length;
}

const MAX_FINDINGS = 15;
const MAX_EVIDENCE = 6;
