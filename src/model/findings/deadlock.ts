import { t } from '../../base/texts.js';
import type { WireEntry } from '../../protocol/wire.js';
import { counted, formatCount } from '../numbers.js';
import { isFunctionTask } from '../tasks/taskKinds.js';
import { taskName } from './caseTexts.js';
import type { Rule, RuleContext } from './rule.js';
import { chainEvidence, isOwnTask, waitChain } from './waitChain.js';

/**
 * Looks at tasks that wait for each other in a circle, and at those of which what they wait for was garbage-collected while
 * it was pending: neither can go on whatever comes. It looks again when one of them has changed.
 */
export class Deadlocks implements Rule {
  private circling: ReadonlySet<number> | undefined;
  private lost = 0;
  private readonly told = new Set<number>();

  constructor(private readonly context: RuleContext) {}

  look(): void {
    const { graph } = this.context;
    graph.update();
    if (this.circling !== graph.circling) this.lookAtCircles(graph.circling);
    if (this.lost !== graph.unsettleable.size) this.lookAtLost(graph.unsettleable);
  }

  private lookAtCircles(circling: ReadonlySet<number>): void {
    this.circling = circling;
    const { graph } = this.context;
    const seen = new Set<number>();
    let left = MAX_LOOKED_AT;
    for (const id of circling) {
      if (seen.has(id) || left-- === 0) continue;
      const circle = this.circleOf(id, circling);
      for (const entry of circle) seen.add(entry.id);
      const first = circle.find((entry) => isOwnTask(entry, graph));
      if (first) this.report(first, circle);
    }
  }

  /** The circle that one comes to where the first that each waits for is followed, from the oldest on. */
  private circleOf(id: number, circling: ReadonlySet<number>): WireEntry[] {
    const { graph } = this.context;
    const path: WireEntry[] = [];
    let entry = graph.get(id);
    while (entry && !path.includes(entry) && path.length < MAX_CIRCLE) {
      path.push(entry);
      entry = graph.awaits(entry).flatMap((next) => (circling.has(next) ? (graph.get(next) ?? []) : []))[0];
    }
    const circle = entry ? path.slice(path.indexOf(entry)) : path;
    const oldest = circle.reduce((least, one, at) => (one.id < (circle[least]?.id ?? 0) ? at : least), 0);
    return [...circle.slice(oldest), ...circle.slice(0, oldest)];
  }

  private report(first: WireEntry, circle: readonly WireEntry[]): void {
    const { graph, cases, task } = this.context;
    const lowest = Math.min(...circle.map(({ id }) => id));
    if (this.told.has(lowest)) return;
    this.told.add(lowest);
    const functions = circle.filter((entry) => isFunctionTask(task(entry)));
    const names = functions.map((entry) => taskName(task(entry)));
    const [only = ''] = names;
    const who =
      names.length === 1 ? t('{0} waits for itself', only) : t('{0} wait for each other', namesText(names));
    cases.report({
      kind: 'deadlock',
      id: lowest,
      frame: graph.frame(first.await) ?? graph.frame(first.site),
      ongoing: true,
      one: t('{0} and can never go on', who),
      many: (count) => t('{0} and can never go on, {1} times', who, formatCount(count)),
      advice: t('Let one of them go on without awaiting the other.'),
      evidence: functions.map((entry, position) => ({
        text: t('{0} waits for {1}', taskName(task(entry)), names[(position + 1) % names.length] ?? ''),
        frame: graph.frame(entry.await),
        entry: entry.id,
      })),
      entries: functions.map(({ id }) => id),
    });
  }

  private lookAtLost(lost: ReadonlySet<number>): void {
    this.lost = lost.size;
    const { graph, cases } = this.context;
    for (const id of lost) {
      const entry = graph.get(id);
      // what a task or a request has begun and nobody waits for any more is ordinary: the other side of a race
      if (!entry || this.told.has(id) || entry.by !== 0 || !isOwnTask(entry, graph)) continue;
      if (graph.awaitedBy(entry).some((waiter) => lost.has(waiter))) continue;
      this.told.add(id);
      const chain = waitChain(entry, this.context);
      const name = taskName(this.context.task(entry));
      const more = graph.unreachableMore(entry);
      cases.report({
        kind: 'deadlock',
        id,
        frame: chain.frame,
        ongoing: true,
        one: t('{0} can never go on: nothing refers to what it waits for any more', name),
        many: (count) =>
          t(
            '{0} of {1} can never go on: nothing refers to what they wait for any more',
            counted(count + more, 'call'),
            name,
          ),
        advice: t(
          'The resolve function of the awaited promise was dropped: call it on every path, or reject.',
        ),
        evidence: chainEvidence(chain, this.context),
        entries: chain.entries.map((one) => one.id),
      });
    }
  }
}

/** `a, b and c`. */
function namesText(names: readonly string[]): string {
  const shown = names.slice(0, MAX_NAMES);
  const more = names.length - shown.length;
  const all = more > 0 ? [...shown, counted(more, 'other')] : shown;
  return t('{0} and {1}', all.slice(0, -1).join(', '), all.at(-1) ?? '');
}

const MAX_LOOKED_AT = 1_000;
const MAX_CIRCLE = 200;
const MAX_NAMES = 4;
