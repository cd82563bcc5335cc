import { isFinding, type ProcessSnapshot, type Snapshot, type Warning } from '../../protocol/snapshot.js';
import { copyOf } from '../tasks/taskHistory.js';
import type { IgnoredFindings } from './ignoredFindings.js';
import type { IgnoredPlaces } from './ignoredPlaces.js';

/** What people do not want to be told. */
export interface Ignored {
  /** Where no block is told. */
  places: IgnoredPlaces;
  findings: IgnoredFindings;
}

/** The snapshot without warnings that are ignored, and how many those are. What does not change is the same. */
export function withoutIgnored(
  snapshot: Snapshot,
  { places, findings }: Ignored,
): { snapshot: Snapshot; ignored: number } {
  let ignored = 0;
  const processes = snapshot.processes.map((process) => {
    const warnings = process.warnings.filter((warning) => !isIgnored(warning, { places, findings }));
    ignored += process.warnings.length - warnings.length;
    const isHidden = places.has(process.blocked?.site);
    if (warnings.length === process.warnings.length && !isHidden) return process;
    const shown = Object.assign(copyOf(process), { warnings });
    if (isHidden) unblock(shown);
    return shown;
  });
  const isSame = processes.every((process, position) => process === snapshot.processes[position]);
  return { snapshot: isSame ? snapshot : { ...snapshot, processes }, ignored };
}

function isIgnored(warning: Warning, { places, findings }: Ignored): boolean {
  return isFinding(warning) ? findings.has(warning) : places.has(warning.site);
}

function unblock(process: ProcessSnapshot): void {
  delete process.blocked;
  if (process.state === 'blocked') process.state = 'running';
}
