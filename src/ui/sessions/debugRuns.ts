import type { ProcessSnapshot } from '../../protocol/snapshot.js';

/** One debugged process or worker, as far as the bookkeeping of runs needs it. */
export interface TrackedProcess {
  readonly id: string;
  /** Id of the process that started it, if that one is debugged too. */
  readonly parent?: string | undefined;
  snapshot(atMs: number): ProcessSnapshot;
  clearWarnings(): void;
  /** Lets the connection go; the snapshot stays readable. */
  close(): void;
}

interface Entry<P> {
  readonly process: P;
  ended: boolean;
}

interface Run<P> {
  readonly key: string;
  over: boolean;
  entries: Entry<P>[];
}

/** At most so many processes of finished runs are kept for their warnings. */
const MAX_KEPT = 20;
/** At most so many ended processes stay visible in a run that goes on. */
const MAX_ENDED_ROWS = 5;

/**
 * A run is one press of F5: a root debug session and the processes under it. It decides how long what is
 * known stays: rows until the run is over, warnings until they are cleared or the same thing is run again.
 */
export class DebugRuns<P extends TrackedProcess = TrackedProcess> {
  private readonly runs = new Map<string, Run<P>>();

  /** `key` tells what is run: a run of the same key that is over makes place for this one. */
  begin(root: string, key: string): void {
    this.remove(root);
    for (const [id, run] of this.runs) if (run.over && run.key === key) this.remove(id);
    this.runs.set(root, { key, over: false, entries: [] });
  }

  /** A process takes the place of those of its siblings that have ended. */
  add(root: string, process: P): void {
    const run = this.runs.get(root);
    if (run === undefined) {
      process.close();
      return;
    }
    const replaced = (entry: Entry<P>): boolean =>
      entry.process.id === process.id || (entry.ended && isUnder(entry, process.parent, run.entries));
    for (const entry of run.entries) if (replaced(entry)) entry.process.close();
    run.entries = [...run.entries.filter((entry) => !replaced(entry)), { process, ended: false }];
  }

  /** The process has ended; its row stays for now. */
  end(id: string): void {
    for (const run of this.runs.values()) {
      const entry = run.entries.find((candidate) => candidate.process.id === id);
      if (entry === undefined) continue;
      entry.ended = true;
      entry.process.close();
      const ended = run.entries.filter((candidate) => candidate.ended);
      const tooMany = new Set(ended.slice(0, -MAX_ENDED_ROWS));
      run.entries = run.entries.filter((candidate) => !tooMany.has(candidate));
    }
  }

  /** The whole run is over: its rows go, its warnings stay. */
  finish(root: string, atMs: number): void {
    const run = this.runs.get(root);
    if (run === undefined) return;
    run.over = true;
    for (const entry of run.entries) {
      entry.ended = true;
      entry.process.close();
    }
    this.forgetQuiet(atMs);
    let kept = 0;
    for (const [id, candidate] of [...this.runs].reverse()) {
      if (!candidate.over) continue;
      kept += candidate.entries.length;
      if (kept > MAX_KEPT) this.remove(id);
    }
  }

  clearWarnings(atMs: number): void {
    for (const run of this.runs.values()) for (const entry of run.entries) entry.process.clearWarnings();
    this.forgetQuiet(atMs);
  }

  /** `live`: the processes of the runs that go on; `all`: also the finished ones that still have warnings. */
  snapshots(atMs: number): { live: ProcessSnapshot[]; all: ProcessSnapshot[] } {
    const live: ProcessSnapshot[] = [];
    const all: ProcessSnapshot[] = [];
    for (const run of this.runs.values()) {
      const own = run.entries.map((entry) => entry.process.snapshot(atMs));
      all.push(...own);
      if (!run.over) live.push(...own);
    }
    return { live, all };
  }

  /** The process and its run, as long as anything is known of it. */
  find(id: string): { process: P; root: string } | undefined {
    for (const [root, run] of this.runs) {
      const entry = run.entries.find(({ process }) => process.id === id);
      if (entry !== undefined) return { process: entry.process, root };
    }
    return undefined;
  }

  /** Closes every process and forgets everything. */
  clear(): void {
    for (const id of [...this.runs.keys()]) this.remove(id);
  }

  private forgetQuiet(atMs: number): void {
    for (const [id, run] of this.runs) {
      if (!run.over) continue;
      run.entries = run.entries.filter((entry) => entry.process.snapshot(atMs).warnings.length > 0);
      if (run.entries.length === 0) this.runs.delete(id);
    }
  }

  private remove(root: string): void {
    for (const entry of this.runs.get(root)?.entries ?? []) entry.process.close();
    this.runs.delete(root);
  }
}

/** True when the entry's parent is `parent`, or has been under it before that parent ended. */
function isUnder<P extends TrackedProcess>(
  entry: Entry<P>,
  parent: string | undefined,
  entries: readonly Entry<P>[],
): boolean {
  const own = entry.process.parent;
  if (own === parent) return true;
  const above = entries.find((candidate) => candidate.process.id === own);
  if (above === undefined) return parent === undefined;
  return above.ended && isUnder(above, parent, entries);
}
