import { t } from '../../base/texts.js';
import type { WireEntry } from '../../protocol/wire.js';
import { isOwn } from '../codeOrigin.js';
import type { EndingFrame } from '../ending.js';
import { counted, durationText } from '../numbers.js';
import { stillWaiting } from '../tasks/stillWaiting.js';
import { taskName } from './caseTexts.js';
import type { Rule, RuleContext } from './rule.js';
import { chainEvidence, isOwnTask, isPatient, leafText, type WaitChain, waitChain } from './waitChain.js';

/**
 * Looks once, at the end. It is sure where the program ended by itself while functions of its own still waited: nothing can
 * have set them going any more; and where `process.exit` was called while what they waited for was under way.
 */
export class PendingAtExit implements Rule {
  constructor(private readonly context: RuleContext) {}

  atEnd(ending: EndingFrame, nowMs: number): void {
    const { graph, task } = this.context;
    const isOwnExit = ending.by === 'process.exit' && isOwn(ending.frame?.url ?? '');
    if ((ending.by !== 'itself' && !isOwnExit) || graph.size > MAX_ENTRIES) return;
    const entries = [...graph.entries()].filter((entry) => !graph.isUnreachable(entry));
    const waiting = new Set(stillWaiting(entries.map(task)).map(({ id }) => id));
    for (const entry of entries) {
      if (!isOwnTask(entry, graph) || !waiting.has(task(entry).id) || this.isAwaited(entry)) continue;
      const chain = waitChain(entry, this.context);
      if (isPatient(chain, this.context)) continue;
      if (isOwnExit && chain.leaf.kind !== 'operation') continue;
      this.report(entry, chain, ending, nowMs);
    }
  }

  /** By another function of the program's own: that one is told. */
  private isAwaited({ id }: WireEntry): boolean {
    const { graph } = this.context;
    const above = [id];
    for (const one of above) {
      for (const waiter of graph.awaitedBy({ id: one })) {
        const entry = graph.get(waiter);
        if (entry && isOwnTask(entry, graph)) return true;
        if (above.length < MAX_ABOVE && !above.includes(waiter)) above.push(waiter);
      }
    }
    return false;
  }

  private report(entry: WireEntry, chain: WaitChain, ending: EndingFrame, nowMs: number): void {
    const name = taskName(this.context.task(entry));
    const leaf = leafText(chain);
    this.context.cases.report({
      kind: 'pendingAtExit',
      id: entry.id,
      frame: chain.frame,
      ongoing: false,
      one: this.sentence(ending, name, leaf),
      many: (count) => this.sentence(ending, t('{0} of {1}', counted(count, 'call'), name), leaf),
      advice:
        ending.by === 'itself'
          ? t(
              'Nothing was left that could settle it: look for a resolve that is never called, or an event that came before.',
            )
          : t('Await the work before process.exit, or set process.exitCode and let the program end.'),
      evidence: [
        ...chainEvidence(chain, this.context),
        { text: t('it was {0} old', durationText(nowMs - entry.bornMs)) },
        ...(ending.frame ? [{ text: t('process.exit was called'), frame: ending.frame }] : []),
      ],
      entries: [entry.id],
    });
  }

  private sentence({ by, code }: EndingFrame, who: string, leaf: string): string {
    if (by !== 'itself') return t('{0} still waited for {1} when process.exit was called', who, leaf);
    return code === UNSETTLED_CODE
      ? t('{0} still waited for {1} when the program ended with code 13', who, leaf)
      : t('{0} still waited for {1} when the program ended', who, leaf);
  }
}

/** Node ends so where a module waits at its top level for what never comes. */
const UNSETTLED_CODE = 13;
/** Of more only the number would tell something. */
const MAX_ENTRIES = 50_000;
const MAX_ABOVE = 100;
