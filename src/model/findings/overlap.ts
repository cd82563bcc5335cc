import { t } from '../../base/texts.js';
import type { Poll, WireEntry } from '../../protocol/wire.js';
import { formatCount } from '../numbers.js';
import type { Rule, RuleContext } from './rule.js';
import { isOwnTask } from './waitChain.js';

/**
 * Looks at async functions that Node's timers call, of which more than one call goes on at once. It is sure where the text
 * shows that the function is the callback of `setInterval`. It looks again as long as the text is not there.
 */
export class Overlaps implements Rule {
  /** Calls that go on, by the function's place. */
  private readonly calls = new Map<number, Set<number>>();
  private readonly sites = new Map<number, number>();
  /** Places that were looked up, and whether they are such callbacks. */
  private readonly known = new Map<number, boolean>();

  /** Calls that went on at once, of places whose text is not there yet. */
  private readonly undecided = new Map<number, Set<number>>();

  constructor(private readonly context: RuleContext) {}

  observe({ entries, ended, collected = [] }: Poll): void {
    for (const entry of entries) this.add(entry);
    for (const id of [...ended, ...collected]) this.remove(id);
  }

  look(): void {
    for (const [site, calls] of this.calls) {
      if (calls.size < 2) continue;
      if (this.isIntervals(site)) this.report(site, calls);
      else if (!this.known.has(site)) this.undecided.set(site, new Set(calls));
    }
  }

  /** They may have ended meanwhile. */
  textRead(): void {
    for (const [site, calls] of this.undecided) {
      if (this.isIntervals(site)) this.report(site, calls);
      if (this.known.has(site)) this.undecided.delete(site);
    }
  }

  private add(entry: WireEntry): void {
    const { id, kind, site, call } = entry;
    const { graph } = this.context;
    if (kind !== 'function' || site === undefined || this.sites.has(id) || this.sites.size >= MAX_CALLS)
      return;
    if (graph.frame(call)?.url !== TIMERS || !isOwnTask(entry, graph) || this.known.get(site) === false)
      return;
    this.sites.set(id, site);
    this.calls.set(site, (this.calls.get(site) ?? new Set()).add(id));
  }

  private remove(id: number): void {
    const site = this.sites.get(id);
    const calls = site === undefined ? undefined : this.calls.get(site);
    this.sites.delete(id);
    calls?.delete(id);
    if (site !== undefined && calls?.size === 0) {
      this.calls.delete(site);
      this.context.cases.over('overlap', site);
    }
  }

  private isIntervals(site: number): boolean {
    const known = this.known.get(site);
    if (known !== undefined) return known;
    const { graph, code } = this.context;
    const head = graph.frame(site);
    const text = head && code(head.url);
    if (!text) return false;
    const is = text.givenTo(head) === 'setInterval';
    if (this.known.size < MAX_CALLS) this.known.set(site, is);
    return is;
  }

  private report(site: number, calls: ReadonlySet<number>): void {
    const { graph, cases } = this.context;
    const entries = [...calls];
    const text = t(
      'The async callback of setInterval is called again before its last call has ended: {0} go on at once',
      formatCount(calls.size),
    );
    const at = graph.frame(graph.get(entries[0] ?? 0)?.await);
    cases.report({
      kind: 'overlap',
      id: site,
      frame: graph.frame(site),
      ongoing: this.calls.has(site),
      one: text,
      many: () => text,
      advice: t('Set a timeout at the end of each call in place of the interval.'),
      evidence: at ? [{ text: t('the first of them waits here'), frame: at, entry: entries[0] }] : [],
      entries,
    });
  }
}

const TIMERS = 'node:internal/timers';
const MAX_CALLS = 10_000;
