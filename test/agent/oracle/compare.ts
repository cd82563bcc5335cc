import type { Beat, WireEntry } from '../../../src/protocol/wire.js';

/** What a program knows of itself at one moment. */
export interface Truth {
  tasks: { id: number; fn: string; kind?: string; state: string; line: number; target: Target | null }[];
}

type Target =
  | { sleep: number; done: boolean; pending: boolean }
  | { task: number; pending: boolean }
  | { generator: { task?: { id: number; line: number } }; pending: boolean }
  | { then: Target | null; pending: boolean }
  | { combinator: string; total: number; inputs: Target[]; pending: boolean };

/** The agent's side of the comparison, kept up to date by its messages. */
export class Picture {
  readonly entries = new Map<number, WireEntry>();
  private readonly sites: Beat['sites'] = [];
  private skipped = 0;

  /** `partial`: places and links may be unknown, as they are beyond the budget, but not wrong. */
  constructor(private readonly partial: boolean) {}

  apply(beat: Beat): void {
    this.sites.push(...beat.sites);
    for (const entry of beat.entries) this.entries.set(entry.id, entry);
    for (const id of beat.ended) this.entries.delete(id);
    this.skipped = beat.dropped.records + beat.dropped.sites;
  }

  /** Every difference between truth and picture, one line each. */
  differences(label: string, truth: Truth): string[] {
    const found: string[] = [];
    if (this.skipped > 0 && !this.partial) found.push(`${this.skipped} records or sites dropped`);
    const byName = new Map<string, WireEntry>();
    for (const entry of this.entries.values()) if (entry.name !== undefined) byName.set(entry.name, entry);
    const settled = label === 'settled';
    for (const task of truth.tasks) {
      if (task.kind === 'generator') continue;
      const where = `${label}: task ${task.id} ${task.fn} (${task.state} line ${task.line})`;
      const entry = byName.get(`task ${task.id}`);
      if (entry === undefined) {
        if (!this.partial) found.push(`${where} is missing`);
        continue;
      }
      const say = (text: string): number => found.push(`${where}: ${text}; it says ${JSON.stringify(entry)}`);
      if (this.functionOf(entry) !== task.fn) say(`function ${this.functionOf(entry)}`);
      if (this.partial && isUnknown(entry)) continue;
      if (task.state === 'running') {
        if (entry.state !== 'running') say('should be running');
        continue;
      }
      // between `for await` and its first wait the generator itself runs, on top of the loop's task
      if (!settled && task.target !== null && 'generator' in task.target) continue;
      if (task.state === 'waiting') {
        if (this.lineOf(entry.await) !== task.line) say(`awaits at line ${this.lineOf(entry.await)}`);
        if (entry.state !== 'awaiting' && entry.state !== 'ready') say('should be awaiting');
      }
      if (task.target === null) continue;
      if (settled || (task.state === 'waiting' && task.target.pending)) {
        const awaited = this.entries.get(entry.waits[0] ?? 0);
        const problem = this.mismatch(task.target, awaited, settled);
        if (problem !== undefined) say(problem);
      }
    }
    return found;
  }

  private mismatch(target: Target, entry: WireEntry | undefined, settled: boolean): string | undefined {
    if (!target.pending) return settled && entry !== undefined ? `waits for something settled` : undefined;
    if (entry === undefined) return `waits for nothing, not for ${JSON.stringify(target)}`;
    if (this.partial && isUnknown(entry)) return undefined;
    if ('task' in target) {
      if (this.partial && entry.name === undefined) return undefined;
      return entry.name === `task ${target.task}` ? undefined : `waits for ${JSON.stringify(entry)}`;
    }
    if ('sleep' in target) {
      const operation = this.entries.get(entry.waits[0] ?? 0);
      return entry.kind === 'new' && (operation === undefined || operation.type === 'Timeout')
        ? undefined
        : `waits for ${JSON.stringify(entry)}, not for a sleep`;
    }
    if ('generator' in target) {
      if (entry.kind !== 'generator') return `waits for ${JSON.stringify(entry)}, not for a generator`;
      const { task } = target.generator;
      const line = this.lineOf(entry.await);
      return !settled || task === undefined || line === task.line ? undefined : `generator awaits at ${line}`;
    }
    if ('then' in target) {
      if (entry.kind !== 'then') return `waits for ${JSON.stringify(entry)}, not for a then`;
      return target.then === null
        ? undefined
        : this.mismatch(target.then, this.entries.get(entry.waits[0] ?? 0), settled);
    }
    if (entry.type !== target.combinator) return `waits for ${JSON.stringify(entry)}, not a combinator`;
    if (entry.inputs !== target.total) return `${entry.inputs} inputs of ${target.total}`;
    if (!settled) return undefined;
    const waits = entry.waits.flatMap((id) => this.entries.get(id) ?? []);
    if (waits.length !== target.inputs.length) return `${waits.length} missing of ${target.inputs.length}`;
    for (const [i, input] of target.inputs.entries()) {
      const problem = this.mismatch(input, waits[i], settled);
      if (problem !== undefined) return problem;
    }
    return undefined;
  }

  private functionOf(entry: WireEntry): string {
    return this.sites[entry.site ?? 0]?.function ?? '';
  }

  private lineOf(site: number | undefined): number {
    return this.sites[site ?? 0]?.line ?? 0;
  }
}

/** The agent says that it does not know: no link, or a promise whose kind was not recorded. */
function isUnknown(entry: WireEntry): boolean {
  return entry.waits[0] === 0 || entry.site === undefined;
}
