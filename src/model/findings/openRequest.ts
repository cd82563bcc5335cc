import { t } from '../../base/texts.js';
import type { Poll, WireEntry } from '../../protocol/wire.js';
import { resourceType } from '../tasks/resourceTypes.js';
import { counted, durationText } from '../numbers.js';
import { taskName } from './caseTexts.js';
import type { Rule, RuleContext } from './rule.js';

/**
 * Looks at requests to a server of the program that have had no answer for longer than the setting allows. It is sure where
 * nothing goes on for it: no task, timer or operation that was begun for it, directly or through others, is there, and
 * nothing of which it is not known for whom it was begun.
 */
export class OpenRequests implements Rule {
  private readonly requests = new Map<number, { bornMs: number; isTold: boolean }>();
  /** Of what is alive: the request that it was begun for; 0: not known. */
  private readonly origins = new Map<number, number>();
  /** How much is alive of each. */
  private readonly counts = new Map<number, number>();

  constructor(private readonly context: RuleContext) {}

  observe({ entries, ended, collected = [], nowMs }: Poll): void {
    if (this.requests.size > 0 || entries.some(isRequest))
      for (const entry of entries) this.add(entry, nowMs);
    for (const id of [...ended, ...collected]) this.remove(id);
  }

  look(nowMs: number): void {
    const { slowAfterMs } = this.context.settings;
    if (slowAfterMs <= 0) return;
    for (const [id, request] of this.requests) {
      if (nowMs - request.bornMs < slowAfterMs) return;
      const isIdle = (this.counts.get(id) ?? 0) + (this.counts.get(0) ?? 0) === 0;
      const entry = this.context.graph.get(id);
      if (isIdle && entry && !request.isTold) this.report(entry, nowMs - request.bornMs);
      else if (!isIdle && request.isTold) this.context.cases.withdraw('openRequest', id);
      request.isTold = isIdle;
    }
  }

  private add(entry: WireEntry, nowMs: number): void {
    const { id, by } = entry;
    if (isRequest(entry)) {
      if (!this.requests.has(id))
        this.requests.set(id, { bornMs: Math.min(entry.bornMs, nowMs), isTold: false });
      return;
    }
    if (this.origins.has(id) || this.origins.size >= MAX_KNOWN || !isWork(entry)) return;
    const origin =
      by === 0 ? undefined : this.requests.has(by) ? by : (this.origins.get(by) ?? this.unknown(by));
    if (origin === undefined) return;
    this.origins.set(id, origin);
    this.counts.set(origin, (this.counts.get(origin) ?? 0) + 1);
  }

  /** What made it has ended already, or is older than all requests. */
  private unknown(by: number): 0 | undefined {
    const [oldest] = this.requests.keys();
    return oldest !== undefined && by > oldest && !this.context.graph.get(by) ? 0 : undefined;
  }

  private remove(id: number): void {
    if (this.requests.delete(id)) {
      this.context.cases.over('openRequest', id);
      this.counts.delete(id);
      return;
    }
    const origin = this.origins.get(id);
    if (origin === undefined) return;
    this.origins.delete(id);
    const left = (this.counts.get(origin) ?? 1) - 1;
    if (left > 0) this.counts.set(origin, left);
    else this.counts.delete(origin);
  }

  private report(entry: WireEntry, openMs: number): void {
    const { graph, cases, task } = this.context;
    const name = taskName(task(entry));
    cases.report({
      kind: 'openRequest',
      id: entry.id,
      key: name,
      frame: graph.placeOf(entry),
      ongoing: true,
      one: t('{0} has had no answer for {1}, and nothing goes on for it', name, durationText(openMs)),
      many: (count) =>
        t('{0} {1} had no answer, and nothing went on for them', counted(count, 'request'), name),
      advice: t('A handler returned without an answer: end the response, call next(), or pass the error on.'),
      entries: [entry.id],
    });
  }
}

function isRequest({ kind, type }: WireEntry): boolean {
  return kind === 'resource' && type === 'HTTPSERVERREQUEST';
}

/** What may still answer: handles last longer than what they were made for. */
function isWork({ kind, type }: WireEntry): boolean {
  if (kind !== 'resource') return true;
  const { kind: what, internal } = resourceType(type);
  return what !== 'handle' && internal !== true;
}

const MAX_KNOWN = 100_000;
