import { t } from '../../base/texts.js';
import type { Poll, WireEntry, WireFrame } from '../../protocol/wire.js';
import { isOwn } from '../codeOrigin.js';
import { counted } from '../numbers.js';
import { taskName } from './caseTexts.js';
import type { Rule, RuleContext } from './rule.js';
import { isOwnTask } from './waitChain.js';

/**
 * Looks at calls of async functions that go on after the async function that called them has ended. It is sure where the
 * text shows that nobody can await the call: it is a statement of its own, or a callback of `forEach`. It looks again as long
 * as the text is not there.
 */
export class FloatingPromises implements Rule {
  /** What goes on, by whom it was called. */
  private readonly called = new Map<number, Set<number>>();
  private readonly callers = new Map<number, number>();
  /** What has outlived its caller, and how often its text was asked for. */
  private readonly outlived = new Map<number, { entry: WireEntry; tries: number }>();

  constructor(private readonly context: RuleContext) {}

  observe({ entries, ended, collected = [] }: Poll): void {
    for (const entry of entries) this.add(entry);
    for (const id of [...ended, ...collected]) this.forget(id);
    for (const id of ended) this.callerEnded(id);
  }

  look(): void {
    const { graph } = this.context;
    // all that is alive has been told: who is not among it has ended before it could be
    for (const caller of this.called.keys()) if (!graph.get(caller)) this.callerEnded(caller);
    for (const [id, { entry, tries }] of this.outlived) {
      const isDecided = this.decide(entry);
      if (isDecided || tries > MAX_TRIES) this.outlived.delete(id);
      else this.outlived.set(id, { entry, tries: tries + 1 });
    }
  }

  /** Also after the last poll: the end of a program waits a little for it. */
  textRead(): void {
    for (const [id, { entry }] of this.outlived) if (this.decide(entry)) this.outlived.delete(id);
  }

  private add(entry: WireEntry): void {
    const { id, kind, by, call } = entry;
    if (kind !== 'function' || by === 0 || this.callers.has(id) || this.callers.size >= MAX_CALLED) return;
    const frame = this.context.graph.frame(call);
    // a builtin has no place
    const isCandidate = frame ? isOwn(frame.url) : isOwnTask(entry, this.context.graph);
    if (!isCandidate) return;
    this.callers.set(id, by);
    const called = this.called.get(by) ?? new Set();
    this.called.set(by, called.add(id));
  }

  private forget(id: number): void {
    const caller = this.callers.get(id);
    if (caller === undefined) return;
    this.callers.delete(id);
    const called = this.called.get(caller);
    called?.delete(id);
    if (called?.size === 0) this.called.delete(caller);
  }

  private callerEnded(caller: number): void {
    const called = this.called.get(caller) ?? [];
    this.called.delete(caller);
    for (const id of called) {
      const entry = this.context.graph.get(id);
      const isAwaited = entry !== undefined && this.context.graph.awaitedBy(entry).length > 0;
      if (entry && !isAwaited && this.outlived.size < MAX_CALLED) this.outlived.set(id, { entry, tries: 0 });
    }
  }

  /** False: the text is not there yet. */
  private decide(entry: WireEntry): boolean {
    const { graph, code } = this.context;
    const call = graph.frame(entry.call);
    const head = graph.frame(entry.site);
    const frame = call ?? head;
    const text = frame && code(frame.url);
    if (!text) return frame === undefined;
    if (call) {
      const usage = text.usage(call);
      if (usage?.isDiscarded && usage.isInAsync) this.reportCall(entry, call);
    } else if (head && text.givenTo(head) === 'forEach') {
      this.reportCallback(entry, head);
    }
    return true;
  }

  private reportCall(entry: WireEntry, frame: WireFrame): void {
    const name = taskName(this.context.task(entry));
    const caller = frame.function || t('its caller');
    this.context.cases.report({
      kind: 'floatingPromise',
      id: entry.id,
      frame,
      ongoing: false,
      one: t('Nobody awaits {0}: it went on after {1} had ended', name, caller),
      many: (count) =>
        t('Nobody awaits {0}: {1} went on after {2} had ended', name, counted(count, 'call'), caller),
      advice: t('Await it, or write void before it if nobody is to wait.'),
      evidence: this.whereItWaits(entry),
      entries: [entry.id],
    });
  }

  private reportCallback(entry: WireEntry, frame: WireFrame): void {
    this.context.cases.report({
      kind: 'floatingPromise',
      id: entry.id,
      frame,
      ongoing: false,
      one: t('forEach does not await its async callback: it went on after its caller had ended'),
      many: (count) =>
        t(
          'forEach does not await its async callback: {0} went on after their caller had ended',
          counted(count, 'call'),
        ),
      advice: t('Use for … of with await, or await Promise.all over map.'),
      evidence: this.whereItWaits(entry),
      entries: [entry.id],
    });
  }

  private whereItWaits(entry: WireEntry): { text: string; frame: WireFrame; entry: number }[] {
    const frame = this.context.graph.frame(entry.await);
    return frame ? [{ text: t('it waited here'), frame, entry: entry.id }] : [];
  }
}

const MAX_CALLED = 20_000;
/** A text that is not there after so many polls is not to be had. */
const MAX_TRIES = 30;
