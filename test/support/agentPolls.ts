import { readPoll } from '../../src/model/wire/wireReader.js';
import type { Poll } from '../../src/protocol/wire.js';

/**
 * How a program of a test begins that asks its own agent: `settings` take no stacks, and `look()` gives the texts of the
 * polls that tell all until now.
 */
export const LOOKING = `
  const agent = globalThis[Symbol.for('nodejs.asyncDebugger.agent')];
  const settings = { thresholdMs: 1000, siteBudget: 0 };
  agent.connect(settings);
  function look() {
    const texts = [];
    do texts.push(agent.poll());
    while (JSON.parse(texts.at(-1)).more);
    return texts;
  }
`;

/** Reads what `look` has given, in the order in which it did. */
export class PollReader {
  private readonly tables = { scripts: 0, sites: 0 };

  read(texts: readonly string[]): Poll[] {
    return texts.map((text) => {
      const poll = readPoll(JSON.parse(text), this.tables);
      this.tables.scripts += poll.scripts.length;
      this.tables.sites += poll.sites.length;
      return poll;
    });
  }
}
