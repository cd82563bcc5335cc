import {
  FINDING_KINDS,
  type Finding,
  type FindingKind,
  isFinding,
  type Warning,
} from '../../protocol/snapshot.js';
import { IgnoredPlaces } from './ignoredPlaces.js';

/**
 * Findings that are not shown: `slowTask` for all of a kind, `src/mail.ts#send` for all of a place, as for blocks, and
 * `floatingPromise src/mail.ts#send` for those of a kind there.
 */
export class IgnoredFindings {
  private readonly kinds: ReadonlySet<FindingKind>;
  private readonly anywhere: IgnoredPlaces;
  private readonly byKind: ReadonlyMap<FindingKind, IgnoredPlaces>;

  constructor(patterns: readonly string[], workspace: readonly string[]) {
    const rules = patterns.map(ruleOf);
    const places = (kind?: FindingKind): IgnoredPlaces =>
      new IgnoredPlaces(
        rules.filter((rule) => rule.kind === kind).map(({ place }) => place),
        workspace,
      );
    this.kinds = new Set(rules.flatMap(({ kind, place }) => (kind && place === '' ? [kind] : [])));
    this.anywhere = places();
    this.byKind = new Map(FINDING_KINDS.map((kind) => [kind, places(kind)]));
  }

  has(warning: Warning): boolean {
    if (!isFinding(warning)) return false;
    const { kind, site } = warning;
    return this.kinds.has(kind) || this.anywhere.has(site) || this.byKind.get(kind)?.has(site) === true;
  }
}

/** The pattern that ignores a kind at a place; without one everywhere. */
export function findingPattern({ kind }: Pick<Finding, 'kind'>, place = ''): string {
  return `${kind} ${place}`.trim();
}

function ruleOf(pattern: string): { kind?: FindingKind; place: string } {
  const [first = '', ...rest] = pattern.trim().split(/\s+/);
  const kind = FINDING_KINDS.find((each) => each === first);
  return kind ? { kind, place: rest.join(' ') } : { place: pattern };
}
