import { t } from '../../base/texts.js';
import type { Poll, WireEntry, WireFrame, WireRejection } from '../../protocol/wire.js';
import { isOwn } from '../codeOrigin.js';
import { counted } from '../numbers.js';
import { taskName } from './caseTexts.js';
import { errorStack, type StackFrame } from './errorStack.js';
import type { CaseEvidence, Rule, RuleContext } from './rule.js';

/**
 * Looks at what Node itself tells of rejections, so that it is always sure. It looks again when one is handled later,
 * which takes the finding back.
 */
export class UnhandledRejections implements Rule {
  private unknown = 0;

  constructor(private readonly context: RuleContext) {}

  observe({ rejections = [], handled = [], nowMs }: Poll): void {
    for (const rejection of rejections) this.report(rejection, nowMs);
    for (const id of handled) this.context.cases.withdraw('unhandledRejection', id);
  }

  private report(rejection: WireRejection, nowMs: number): void {
    const { graph, cases } = this.context;
    const { title, frames } = errorStack(rejection.text);
    const name = this.name(rejection, nowMs);
    const places = [rejection.call, rejection.site].flatMap((site) =>
      site > 0 ? (graph.frame(site) ?? []) : [],
    );
    const owner = this.owner(rejection);
    cases.report({
      kind: 'unhandledRejection',
      id: rejection.entry === 0 ? `unknown ${this.unknown++}` : rejection.entry,
      frame: placeOf([...places, ...frames.map(({ frame }) => frame)]),
      ongoing: false,
      one:
        name === undefined
          ? t('Nobody handles a rejection: {0}', title)
          : t('Nobody handles the rejection of {0}: {1}', name, title),
      many: (count) =>
        name === undefined
          ? t('Nobody handles {0}, the last: {1}', counted(count, 'rejection'), title)
          : t('Nobody handles {0} of {1}, the last: {2}', counted(count, 'rejection'), name, title),
      advice: t('Await the promise in a function that catches the error, or give it a catch.'),
      evidence: [...frames.filter(({ frame }) => isOwn(frame.url)).map(fact), ...(owner ? [owner] : [])],
      ...(rejection.entry > 0 && graph.get(rejection.entry) && { entries: [rejection.entry] }),
    });
  }

  /** What the promise is called; `undefined` where it was not recorded. */
  private name(rejection: WireRejection, nowMs: number): string | undefined {
    const { entry, kind, type, site, call, by } = rejection;
    if (entry === 0) return undefined;
    const ended: WireEntry = {
      id: entry,
      kind,
      type,
      bornMs: nowMs,
      state: 'pending',
      waits: [],
      by,
      runs: 0,
      ...(site > 0 && { site }),
      ...(call > 0 && { call }),
    };
    return taskName(this.context.task(ended));
  }

  private owner({ by }: WireRejection): CaseEvidence | undefined {
    const maker = by === 0 ? undefined : this.context.graph.get(by);
    return maker && { text: t('begun for {0}', taskName(this.context.task(maker))), entry: by };
  }
}

function placeOf(frames: readonly WireFrame[]): WireFrame | undefined {
  return frames.find(({ url }) => isOwn(url)) ?? frames[0];
}

function fact({ frame, isAwait }: StackFrame, position: number): CaseEvidence {
  const name = frame.function;
  if (isAwait) return { text: name === '' ? t('awaited here') : t('awaited in {0}', name), frame };
  if (position > 0) return { text: name === '' ? t('called here') : t('called in {0}', name), frame };
  return { text: name === '' ? t('made here') : t('made in {0}', name), frame };
}
