import { t } from '../../base/texts.js';
import type { WireEntry } from '../../protocol/wire.js';
import { isOwn } from '../codeOrigin.js';
import type { EndingFrame } from '../ending.js';
import { taskName } from './caseTexts.js';
import type { Rule, RuleContext } from './rule.js';

/**
 * Looks once, at the end: a file that is open then was never closed, and a child or worker that keeps the program running was
 * never told to end. It is sure of a file where the program ended by itself, with all that it had to do.
 */
export class Unclosed implements Rule {
  constructor(private readonly context: RuleContext) {}

  atEnd(ending: EndingFrame): void {
    for (const entry of this.context.graph.entries()) {
      if (entry.kind !== 'resource') continue;
      if (ending.by === 'itself' && entry.type === 'FILEHANDLE') this.report(entry, true);
      else if (
        ending.by === 'process.exit' &&
        entry.type === 'PROCESSWRAP' &&
        entry.detail?.loose === undefined
      )
        this.report(entry, false);
    }
  }

  private report(entry: WireEntry, isFile: boolean): void {
    const { graph, cases, task } = this.context;
    // of a file that Node has opened in its pool the file itself is all that is known
    const frame = graph.placeOf(entry);
    if (frame ? !isOwn(frame.url) : entry.detail?.file === undefined) return;
    const name = taskName(task(entry));
    cases.report({
      kind: 'unclosed',
      id: entry.id,
      ...(frame ? { frame } : { key: name }),
      ongoing: false,
      one: sentence(isFile, name),
      many: (count) => sentence(isFile, t('{0} times {1}', count, name)),
      advice: isFile
        ? t('Close it in a finally block, or take it with await using.')
        : t('End it before, or wait for its exit; unref it if it is meant to live on.'),
      entries: [entry.id],
    });
  }
}

function sentence(isFile: boolean, name: string): string {
  return isFile ? t('{0} was never closed', name) : t('{0} still ran when process.exit was called', name);
}
