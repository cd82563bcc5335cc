import { readEntries } from '../../../src/model/wire/entryReader.js';
import type { SentPoll, WireEntry, WireSite } from '../../../src/protocol/wire.js';
import { Links, unknown, type Verdict } from './links.js';
import type { Report } from './report.js';
import type { Target, TrueTask, Truth } from './truth.js';

/** The agent's side of the comparison, kept up to date by its messages. */
export class Picture {
  readonly entries = new Map<number, WireEntry>();
  /** Of all tasks there have been. */
  private readonly names = new Map<number, string>();
  readonly sites: WireSite[] = [];
  private readonly links: Links;

  /** `partial`: beyond the budget for stacks anything may be unknown, but nothing wrong. */
  constructor(
    private readonly partial: boolean,
    private readonly report: Report,
  ) {
    this.links = new Links(this, partial);
  }

  /** @throws if the agent left something out that it should have recorded, or caught errors of its own */
  apply(poll: SentPoll): void {
    this.sites.push(...poll.sites);
    for (const entry of readEntries(poll.entries, 'entries', this.sites.length)) {
      this.entries.set(entry.id, entry);
      if (entry.name !== undefined) this.names.set(entry.id, entry.name);
    }
    for (const id of poll.ended) this.entries.delete(id);
    const { records, sites } = poll.dropped;
    if (records > 0) throw new Error(`the agent dropped ${records} records or caught as many errors`);
    if (sites > 0 && !this.partial) throw new Error(`the agent dropped ${sites} sites`);
  }

  /** The agent has come again. */
  clear(): void {
    this.entries.clear();
    this.sites.length = 0;
  }

  compare(label: string, truth: Truth): void {
    const { report } = this;
    report.moments++;
    report.tasks += truth.tasks.length;
    this.links.settled = label === 'settled';
    const byName = new Map<string, WireEntry>();
    for (const entry of this.entries.values()) if (entry.name !== undefined) byName.set(entry.name, entry);
    for (const task of truth.tasks) {
      const entry = byName.get(`task ${task.id}`);
      if (entry === undefined && task.pending === 'maybe') continue;
      const tell = (what: string): string =>
        `seed ${truth.seed}, ${label}: task ${task.id} ${task.fn} (${task.state} line ${task.line}): ${what}; ` +
        `it says ${JSON.stringify(entry)}; the truth is ${JSON.stringify(task)}`;
      if (entry !== undefined) this.compareCaller(task, entry, tell);
      if (entry !== undefined) for (const what of this.wrongSites(task, entry)) report.wrongSite(tell(what));
      const verdict = entry === undefined ? unknown(undefined, 'it is missing') : this.link(task, entry);
      if (verdict === undefined) continue;
      if (!('wrong' in verdict))
        report.isUnknown(verdict.spot, this.partial ? undefined : tell(verdict.what));
      else if (verdict.isSite === true) report.wrongSite(tell(verdict.wrong));
      else report.wrongLink(tell(verdict.wrong));
    }
  }

  private wrongSites(task: TrueTask, entry: WireEntry): string[] {
    const found: string[] = [];
    const compare = (what: string, is: string | number, should: string | number): void => {
      if (is !== should) found.push(`${what} ${is}, not ${should}`);
    };
    if (entry.site !== undefined) {
      compare('function', this.links.functionOf(entry), task.fn);
      compare('function at line', this.links.lineOf(entry.site), task.at);
    }
    if (entry.call !== undefined && task.calledAt !== 0)
      compare('called at line', this.links.lineOf(entry.call), task.calledAt);
    if (entry.await !== undefined && task.state === 'waiting' && !this.runsItself(task.target))
      compare('awaits at line', this.links.lineOf(entry.await), task.line);
    return found;
  }

  private compareCaller(task: TrueTask, entry: WireEntry, tell: (what: string) => string): void {
    const caller = this.names.get(entry.by);
    if (task.caller === undefined || caller === undefined) return;
    this.report.callers++;
    if (caller !== `task ${task.caller}`)
      this.report.wrongCaller(tell(`called by ${caller}, not by ${task.caller}`));
  }

  private link(task: TrueTask, entry: WireEntry): Verdict {
    if (entry.site === undefined) return unknown(undefined, 'its function');
    if (task.state === 'running') {
      if (entry.state === 'running') return undefined;
      if (entry.kind === 'promise') return unknown('unlearnt', 'its kind');
      return saysUnknown(entry) ? unknown(undefined, 'its state') : { wrong: 'should be running' };
    }
    const isWaiting = task.state === 'waiting' && !this.runsItself(task.target);
    if (isWaiting) {
      if (this.partial && entry.kind === 'promise') return unknown('unlearnt', 'its kind');
      if (entry.await === undefined && saysUnknown(entry)) return unknown(undefined, 'its await');
      if (entry.state !== 'awaiting' && entry.state !== 'ready') return { wrong: 'should be awaiting' };
      if (entry.await === undefined) return { wrong: 'should have an await' };
    }
    if (task.target === null || !(this.links.settled || isWaiting)) return undefined;
    if (task.state === 'returned' && task.target.kind === 'thenable')
      return this.links.thenable(task.target, entry);
    return this.links.from(entry, task.target);
  }

  /** Between `for await` and its first wait the generator may still run on top of the loop's task. */
  private runsItself(target: Target | null): boolean {
    return !this.links.settled && target?.kind === 'generator';
  }
}

/** The agent says that it does not know what it waits for. */
function saysUnknown(entry: WireEntry): boolean {
  return entry.waits[0] === 0;
}
