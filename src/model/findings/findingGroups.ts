import type { Evidence, Finding, FindingKind, Site } from '../../protocol/snapshot.js';
import type { WireFrame } from '../../protocol/wire.js';
import { plainText } from '../plainText.js';
import type { Case, CaseId, CaseList } from './rule.js';
import { SEVERITIES } from './severities.js';

export interface FindingGroupsContext {
  readonly session: string;
  resolve(frame: WireFrame): Site;
  taskId(entry: number): string;
  /** There is a finding, or more of the same. */
  onFound(finding: Finding): void;
}

/** Findings, one for each kind and place, with the cases that each of them stands for. */
export class FindingGroups implements CaseList {
  dropped = 0;
  private readonly groups = new Map<string, Group>();
  /** By the case's kind and id. */
  private readonly places = new Map<string, Group>();

  constructor(private readonly context: FindingGroupsContext) {}

  report(found: Case): void {
    const id = caseKey(found.kind, found.id);
    const group = this.places.get(id) ?? this.groups.get(groupKey(found)) ?? this.add(found);
    const isNew = !group.cases.has(found.id);
    if (isNew) {
      group.count++;
      if (group.cases.size >= MAX_CASES) this.forgetCase(group);
    }
    group.cases.set(found.id, found);
    this.places.set(id, group);
    if (isNew && isWorthTelling(group.count)) this.context.onFound(this.finding(group));
  }

  over(kind: FindingKind, id: CaseId): void {
    const group = this.places.get(caseKey(kind, id));
    const found = group?.cases.get(id);
    if (group && found?.ongoing) group.cases.set(id, { ...found, ongoing: false });
  }

  withdraw(kind: FindingKind, id: CaseId): void {
    const group = this.places.get(caseKey(kind, id));
    if (!group) return;
    group.cases.delete(id);
    this.places.delete(caseKey(kind, id));
    if (--group.count === 0) this.groups.delete(group.key);
  }

  /** Nothing goes on any more: the program is gone, or cannot be heard. */
  end(): void {
    for (const { cases } of this.groups.values())
      for (const [id, found] of cases) if (found.ongoing) cases.set(id, { ...found, ongoing: false });
  }

  /** Keeps what is so now. */
  clear(): void {
    for (const group of this.groups.values()) {
      for (const { kind, id, ongoing } of [...group.cases.values()]) {
        if (ongoing) continue;
        group.cases.delete(id);
        this.places.delete(caseKey(kind, id));
      }
      group.count = group.cases.size;
      if (group.count === 0) this.groups.delete(group.key);
    }
  }

  /** The ids of entries are given anew: a case with one that was there before is another one. */
  forgetIds(): void {
    this.end();
    this.places.clear();
    for (const group of this.groups.values()) {
      const last = lastOf(group);
      group.cases.clear();
      if (last) group.cases.set('before', { ...last, id: 'before', entries: [] });
    }
  }

  findings(): Finding[] {
    return [...this.groups.values()].map((group) => this.finding(group));
  }

  private add(found: Case): Group {
    const [oldest] = this.groups.values();
    if (this.groups.size >= MAX_GROUPS && oldest) {
      for (const { kind, id } of oldest.cases.values()) this.places.delete(caseKey(kind, id));
      this.groups.delete(oldest.key);
      this.dropped++;
    }
    const group: Group = { key: groupKey(found), count: 0, cases: new Map() };
    this.groups.set(group.key, group);
    return group;
  }

  private forgetCase(group: Group): void {
    const [oldest] = group.cases.values();
    if (!oldest) return;
    group.cases.delete(oldest.id);
    this.places.delete(caseKey(oldest.kind, oldest.id));
  }

  private finding(group: Group): Finding {
    const last = lastOf(group) as Case;
    const { kind, frame, advice, evidence = [] } = last;
    const cases = [...group.cases.values()];
    const entries = [...new Set(cases.flatMap((found) => found.entries ?? []))].slice(0, MAX_TASKS);
    const [first] = last.entries ?? [];
    return {
      id: `${this.context.session}:${group.key}`,
      kind,
      severity: SEVERITIES[kind],
      message: plainText(group.count === 1 ? last.one : last.many(group.count), MAX_MESSAGE),
      advice,
      count: group.count,
      ongoing: cases.some(({ ongoing }) => ongoing),
      evidence: evidence.slice(0, MAX_EVIDENCE).map((fact) => this.evidence(fact)),
      tasks: entries.map((entry) => this.context.taskId(entry)),
      ...(frame && { site: this.context.resolve(frame) }),
      ...(first !== undefined && { task: this.context.taskId(first) }),
    };
  }

  private evidence({ text, frame, entry }: NonNullable<Case['evidence']>[number]): Evidence {
    return {
      text: plainText(text, MAX_MESSAGE),
      ...(frame && { site: this.context.resolve(frame) }),
      ...(entry !== undefined && { task: this.context.taskId(entry) }),
    };
  }
}

interface Group {
  readonly key: string;
  /** How many there were, also those that are not kept. */
  count: number;
  readonly cases: Map<CaseId, Case>;
}

function groupKey({ kind, key, frame }: Case): string {
  return `${kind}:${key ?? (frame ? `${frame.url}:${frame.line}` : '')}`;
}

function caseKey(kind: FindingKind, id: CaseId): string {
  return `${kind} ${id}`;
}

/** Of those that are so now, if any are. */
function lastOf({ cases }: Group): Case | undefined {
  const all = [...cases.values()];
  return all.findLast(({ ongoing }) => ongoing) ?? all.at(-1);
}

/** The first ones, and then ever fewer: who reads them has understood. */
function isWorthTelling(count: number): boolean {
  return Number.isInteger(Math.log10(count));
}

const MAX_GROUPS = 300;
const MAX_CASES = 200;
const MAX_TASKS = 50;
const MAX_EVIDENCE = 12;
const MAX_MESSAGE = 400;
