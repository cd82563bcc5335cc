import { readBeat } from '../../src/model/wireReader.js';
import type { Beat } from '../../src/protocol/wire.js';

/**
 * How a program of a test begins that asks its own agent: `settings` take no stacks, and `look()` gives the texts of the
 * beats that tell all until now.
 */
export const LOOKING = `
  const agent = globalThis[Symbol.for('nodejs.asyncDebugger.agent')];
  const settings = { thresholdMs: 1000, siteBudget: 0 };
  agent.connect(settings);
  function look() {
    const texts = [];
    do texts.push(agent.beat());
    while (JSON.parse(texts.at(-1)).more);
    return texts;
  }
`;

/** Reads what `look` has given, in the order in which it did. */
export class BeatReader {
  private readonly tables = { scripts: 0, sites: 0 };

  read(texts: readonly string[]): Beat[] {
    return texts.map((text) => {
      const beat = readBeat(JSON.parse(text), this.tables);
      this.tables.scripts += beat.scripts.length;
      this.tables.sites += beat.sites.length;
      return beat;
    });
  }
}
