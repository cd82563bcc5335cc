import type { SiteResolver } from '../model/debuggee.js';
import { basename } from '../model/paths.js';
import type { ProcessSnapshot } from '../protocol/snapshot.js';
import type { DeepXray } from './deepXray.js';
import { XrayTasks } from './entries/xrayTasks.js';
import { SettlerTexts } from './settlers/settlerTexts.js';

export interface XrayMoment {
  /** ISO 8601, and as clocks show it there. */
  takenAt: string;
  timeOfDay: string;
}

/** The snapshot of one process as the views show it, from what its heap has told. */
export class XraySnapshot {
  private readonly tasks: XrayTasks;
  readonly texts: SettlerTexts;

  constructor(
    private readonly xray: DeepXray,
    private readonly identity: { session: string; name: string; isUnnamed: boolean },
    private readonly moment: XrayMoment,
    resolver: SiteResolver,
  ) {
    const { entries, facts } = xray;
    this.texts = new SettlerTexts(xray, resolver);
    const promises = new Map(entries.promiseEntries());
    const settledBy = (entry: number): string | undefined => {
      const promise = promises.get(entry);
      return promise === undefined ? undefined : this.texts.short(promise);
    };
    const { pid, poolSize } = facts;
    const taskId = (entry: number): string => `${identity.session}:x${entry}`;
    this.tasks = new XrayTasks(entries, { pid, poolSize, taskId, settledBy }, resolver);
  }

  /** With the places of the original sources, as far as these have arrived. */
  process(): ProcessSnapshot {
    const { facts, isHeld } = this.xray;
    const { session, name, isUnnamed } = this.identity;
    return {
      session,
      name: (isUnnamed && basename(facts.program)) || name,
      pid: facts.pid,
      threadId: facts.threadId,
      node: facts.node,
      state: 'running',
      xray: { ...this.moment, depth: 'deep' },
      ...(isHeld ? { note: 'Its event loop did not turn while it was looked into' } : {}),
      tasks: this.tasks.tasks(),
      warnings: [],
      loop: { utilization: 0, lagMs: { p50: 0, p99: 0, max: 0 } },
      dropped: { records: 0, sites: 0 },
    };
  }
}
