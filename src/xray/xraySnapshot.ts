import type { SiteResolver } from '../model/siteResolver.js';
import { formatCount } from '../model/numbers.js';
import { basename } from '../model/paths.js';
import type { ProcessSnapshot, XrayDepth } from '../protocol/snapshot.js';
import type { DeepXray } from './deepXray.js';
import { type ReadEntries, XrayTasks } from './entries/xrayTasks.js';
import type { LightXray } from './lightXray.js';
import type { ProgramFacts } from './live/programFacts.js';
import type { SettlerTexts } from './settlers/settlerTexts.js';

/** Which process it is, and when it was looked into. */
export interface XrayIdentity {
  session: string;
  name: string;
  /** The name tells nothing of the program. */
  isUnnamed: boolean;
  /** ISO 8601, and as clocks show it there. */
  takenAt: string;
  timeOfDay: string;
}

/** The snapshot of one process as the views show it, from what a look into it has told. */
export class XraySnapshot {
  private readonly tasks: XrayTasks;
  private readonly facts: ProgramFacts;

  constructor(
    private readonly look: { facts: ProgramFacts; entries: ReadEntries; isHeld?: boolean },
    private readonly depth: XrayDepth,
    private readonly identity: XrayIdentity,
    resolver: SiteResolver,
    detail: (entry: number) => string | undefined,
  ) {
    this.facts = look.facts;
    const { pid, poolSize } = this.facts;
    const taskId = (entry: number): string => `${identity.session}:x${entry}`;
    this.tasks = new XrayTasks(look.entries, { pid, poolSize, taskId, detail }, resolver);
  }

  /** With the places of the original sources, as far as these have arrived. */
  process(): ProcessSnapshot {
    const { facts, depth, look } = this;
    const { session, name, isUnnamed, takenAt, timeOfDay } = this.identity;
    return {
      session,
      name: (isUnnamed && basename(facts.program)) || name,
      pid: facts.pid,
      threadId: facts.threadId,
      node: facts.node,
      state: 'running',
      xray: { takenAt, timeOfDay, depth },
      ...(look.isHeld === true ? { note: 'Its event loop did not turn while it was looked into' } : {}),
      tasks: this.tasks.tasks(),
      warnings: [],
      loop: { utilization: 0, lagMs: { p50: 0, p99: 0, max: 0 } },
      dropped: { records: 0, sites: 0 },
    };
  }
}

export function lightSnapshot(xray: LightXray, identity: XrayIdentity, resolver: SiteResolver): XraySnapshot {
  return new XraySnapshot(xray, 'light', identity, resolver, (entry) => {
    const most = xray.entries.atMost(entry);
    return most === undefined ? undefined : `at most ${formatCount(most)} of them`;
  });
}

export function deepSnapshot(
  xray: DeepXray,
  texts: SettlerTexts,
  identity: XrayIdentity,
  resolver: SiteResolver,
): XraySnapshot {
  const promises = new Map(xray.entries.promiseEntries());
  return new XraySnapshot(xray, 'deep', identity, resolver, (entry) => {
    const promise = promises.get(entry);
    return promise === undefined ? undefined : texts.short(promise);
  });
}
