import { t } from '../../base/texts.js';
import type { Poll, WireEntry } from '../../protocol/wire.js';
import { counted, durationText } from '../numbers.js';
import { taskName } from './caseTexts.js';
import type { Rule, RuleContext } from './rule.js';
import { chainEvidence, isOwnTask, isPatient, leafText, type WaitChain, waitChain } from './waitChain.js';

/**
 * Looks at functions of the program's own that have awaited one thing for longer than the setting allows. It is sure where
 * an operation with an end is at the end of the chain: a request, a lookup, a file. What may rightly last for ever is not
 * told: a timer says itself how long it takes, and a listener, a queue or a child may come at any time.
 */
export class SlowTasks implements Rule {
  /** Since when each waits, the longest first. */
  private readonly waiting = new Map<number, { sinceMs: number; runs: number }>();
  /** At which of their runs. */
  private readonly told = new Map<number, number>();

  constructor(private readonly context: RuleContext) {}

  observe({ entries, ended, collected = [], nowMs }: Poll): void {
    for (const entry of entries) this.add(entry, nowMs);
    for (const id of [...ended, ...collected]) this.leave(id);
  }

  look(nowMs: number): void {
    const { slowAfterMs } = this.context.settings;
    if (slowAfterMs <= 0) return;
    for (const [id, { sinceMs }] of this.waiting) {
      if (nowMs - sinceMs < slowAfterMs) return;
      const waitedMs = this.context.freeMs(sinceMs, nowMs);
      if (waitedMs < slowAfterMs) continue;
      const entry = this.context.graph.get(id);
      this.waiting.delete(id);
      if (entry) this.lookAt(entry, waitedMs);
    }
  }

  private add(entry: WireEntry, nowMs: number): void {
    const { id, state, runs } = entry;
    const isSame = state === 'awaiting' && (this.waiting.get(id)?.runs ?? this.told.get(id)) === runs;
    if (isSame) return;
    this.leave(id);
    if (state !== 'awaiting' || this.waiting.size >= MAX_WAITING || !isOwnTask(entry, this.context.graph))
      return;
    this.waiting.set(id, { sinceMs: nowMs, runs });
  }

  private leave(id: number): void {
    this.waiting.delete(id);
    if (this.told.delete(id)) this.context.cases.over('slowTask', id);
  }

  private lookAt(entry: WireEntry, waitedMs: number): void {
    const { graph } = this.context;
    // it stands in the row of the one that it waits for
    if (graph.awaits(entry).some((id) => this.isOwn(id))) return;
    if (graph.isInCircle(entry) || graph.isUnreachable(entry)) return;
    const chain = waitChain(entry, this.context);
    if (chain.leaf.kind !== 'operation' || isPatient(chain, this.context)) return;
    this.report(entry, chain, waitedMs);
  }

  private isOwn(id: number): boolean {
    const entry = this.context.graph.get(id);
    return entry !== undefined && isOwnTask(entry, this.context.graph);
  }

  private report(entry: WireEntry, chain: WaitChain, waitedMs: number): void {
    const name = taskName(this.context.task(entry));
    const leaf = leafText(chain);
    this.told.set(entry.id, entry.runs);
    this.context.cases.report({
      kind: 'slowTask',
      id: entry.id,
      frame: chain.frame,
      ongoing: true,
      one: t('{0} has waited for {1} for more than {2}', name, leaf, durationText(waitedMs)),
      many: (count) =>
        t(
          '{0} of {1} waited for {2} for more than {3}',
          counted(count, 'call'),
          name,
          leaf,
          durationText(waitedMs),
        ),
      advice: t('Give it a time limit, such as AbortSignal.timeout, and say what is to happen then.'),
      evidence: chainEvidence(chain, this.context),
      entries: [entry.id],
    });
  }
}

const MAX_WAITING = 100_000;
