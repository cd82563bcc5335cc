import type { Finding } from '../../protocol/snapshot.js';
import type { Poll } from '../../protocol/wire.js';
import type { EndingFrame } from '../ending.js';
import { FindingGroups, type FindingGroupsContext } from './findingGroups.js';
import type { FindingSettings, Rule, RuleContext } from './rule.js';
import { makeRules } from './rules.js';

/** What has been found in one program. */
export class Findings {
  readonly settings: FindingSettings = { slowAfterMs: SLOW_AFTER_MS };
  private readonly groups: FindingGroups;
  private rules: readonly Rule[] = [];
  private lastMs = 0;

  constructor(context: FindingGroupsContext) {
    this.groups = new FindingGroups(context);
  }

  get dropped(): number {
    return this.groups.dropped;
  }

  /** A conversation begins; `isOther`: with another program than the last one. */
  begin(context: Omit<RuleContext, 'cases' | 'settings'>, isOther: boolean): void {
    if (isOther) this.groups.forgetIds();
    this.rules = makeRules({ ...context, cases: this.groups, settings: this.settings });
  }

  /** The graph knows the entries of the poll, and those that it ends. */
  observe(poll: Poll): void {
    for (const rule of this.rules) rule.observe?.(poll);
  }

  /** The graph has taken the poll in. */
  look(nowMs: number): void {
    this.lastMs = nowMs;
    for (const rule of this.rules) rule.look?.(nowMs);
  }

  /** The text of some script is there. */
  textRead(): void {
    for (const rule of this.rules) rule.textRead?.();
  }

  /** People ask why the program still runs. */
  tellWhyAlive(): void {
    for (const rule of this.rules) rule.tellWhyAlive?.();
  }

  /** The program has told its end; the graph still knows what it left. */
  atEnd(ending: EndingFrame): void {
    for (const rule of this.rules) rule.atEnd?.(ending, this.lastMs);
  }

  /** The conversation is over: what goes on now is not heard of again. */
  end(): void {
    this.rules = [];
    this.groups.end();
  }

  clear(): void {
    this.groups.clear();
  }

  findings(): Finding[] {
    return this.groups.findings();
  }
}

const SLOW_AFTER_MS = 10_000;
