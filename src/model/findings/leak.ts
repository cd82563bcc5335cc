import { t } from '../../base/texts.js';
import type { Poll, WireEntry } from '../../protocol/wire.js';
import { isOwn } from '../codeOrigin.js';
import { durationText, formatCount } from '../numbers.js';
import { taskName } from './caseTexts.js';
import type { Rule, RuleContext } from './rule.js';

/**
 * Looks at places of the program's own code that make promises, tasks, timers and handles, and counts what of them is alive,
 * every ten seconds. It is sure where that has grown each time for two minutes and hardly anything ever ended. It looks again
 * at each of these times, and takes the finding back when less is there.
 */
export class Leaks implements Rule {
  private readonly places = new Map<number, Growth>();
  private readonly sites = new Map<number, number>();
  private windowMs: number | undefined;

  constructor(private readonly context: RuleContext) {}

  observe({ entries, ended, collected = [], nowMs }: Poll): void {
    this.windowMs ??= nowMs;
    for (const entry of entries) this.add(entry);
    for (const id of [...ended, ...collected]) this.remove(id);
  }

  look(nowMs: number): void {
    if (this.windowMs === undefined || nowMs - this.windowMs < WINDOW_MS) return;
    this.windowMs = nowMs;
    for (const [site, growth] of this.places) {
      const grew = growth.alive - growth.before;
      growth.before = growth.alive;
      growth.windows = grew >= LEAST_GROWTH && growth.ended <= grew / FEW ? growth.windows + 1 : 0;
      growth.ended = 0;
      if (growth.windows >= WINDOWS) this.report(site, growth, nowMs);
      else if (growth.isTold && growth.windows === 0) {
        growth.isTold = false;
        this.context.cases.over('leak', site);
      }
      if (growth.alive === 0) this.places.delete(site);
    }
  }

  private add({ id, kind, site, call }: WireEntry): void {
    // of a function the place that called it
    const place = kind === 'function' ? (call ?? site) : site;
    if (place === undefined || this.sites.has(id) || this.sites.size >= MAX_ALIVE) return;
    const growth = this.places.get(place) ?? this.addPlace(place, id);
    if (!growth) return;
    growth.alive++;
    growth.youngest = id;
    this.sites.set(id, place);
  }

  private addPlace(site: number, first: number): Growth | undefined {
    if (this.places.size >= MAX_PLACES || !isOwn(this.context.graph.frame(site)?.url ?? '')) return undefined;
    const growth = { alive: 0, before: 0, ended: 0, windows: 0, first, youngest: first, isTold: false };
    this.places.set(site, growth);
    return growth;
  }

  private remove(id: number): void {
    const site = this.sites.get(id);
    const growth = site === undefined ? undefined : this.places.get(site);
    this.sites.delete(id);
    if (!growth) return;
    growth.alive--;
    growth.ended++;
  }

  private report(site: number, growth: Growth, nowMs: number): void {
    const { graph, cases, task } = this.context;
    const [first, youngest] = [graph.get(growth.first), graph.get(growth.youngest)];
    const shown = first ?? youngest;
    if (!shown) return;
    growth.isTold = true;
    const name = taskName(task(shown));
    const text = t(
      '{0} of {1} are there, more in each of the last {2} times that they were counted, ten seconds apart',
      formatCount(growth.alive),
      name,
      growth.windows,
    );
    cases.report({
      kind: 'leak',
      id: site,
      frame: graph.frame(site),
      ongoing: true,
      one: text,
      many: () => text,
      advice: t('Let each of them settle or be closed, or keep one instead of many.'),
      evidence: [
        ...(first
          ? [{ text: t('the first is {0} old', durationText(nowMs - first.bornMs)), entry: first.id }]
          : []),
        ...(youngest
          ? [
              {
                text: t('the youngest is {0} old', durationText(nowMs - youngest.bornMs)),
                entry: youngest.id,
              },
            ]
          : []),
        { text: t('{0} more in ten seconds', formatCount(growth.alive / growth.windows)) },
      ],
      entries: [growth.first, growth.youngest],
    });
  }
}

/** What is alive of a place. */
interface Growth {
  alive: number;
  /** At the beginning of this window; and what has ended since. */
  before: number;
  ended: number;
  /** In how many windows it has grown, one after the other. */
  windows: number;
  first: number;
  youngest: number;
  isTold: boolean;
}

const WINDOW_MS = 10_000;
const WINDOWS = 12;
const LEAST_GROWTH = 5;
/** So few may end of those that come. */
const FEW = 10;
const MAX_PLACES = 20_000;
const MAX_ALIVE = 100_000;
