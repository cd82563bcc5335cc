import type { WireSite } from '../../protocol/wire.js';
import type { FunctionPlace } from '../tasks/functions.js';

/** Scripts and places, each once, as a poll of the agent has them. */
export class Sites {
  readonly scripts: string[] = [''];
  /** The first is a placeholder. */
  readonly sites: WireSite[] = [{ script: 0, line: 0, column: 0, function: '' }];
  private readonly scriptIndexes = new Map<string, number>();
  private readonly siteIndexes = new Map<string, number>();

  /** Index of a place; `undefined` where it has no script. */
  index({ url, line, column, name }: FunctionPlace): number | undefined {
    if (url === '' || line < 1) return undefined;
    const key = `${line}:${column}:${name}:${url}`;
    let index = this.siteIndexes.get(key);
    if (index === undefined) {
      index = this.sites.push({ script: this.script(url), line, column, function: name }) - 1;
      this.siteIndexes.set(key, index);
    }
    return index;
  }

  private script(url: string): number {
    let index = this.scriptIndexes.get(url);
    if (index === undefined) this.scriptIndexes.set(url, (index = this.scripts.push(url) - 1));
    return index;
  }
}
