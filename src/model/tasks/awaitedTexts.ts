import type { WireFrame } from '../../protocol/wire.js';
import type { ScriptCode } from '../scriptCode.js';
import { isDependency, isNodeInternal } from '../codeOrigin.js';

/** What the awaits of the program's own code wait for, as their source says it. */
export class AwaitedTexts {
  private readonly scripts = new Set<string>();
  /** By the site of the await; `undefined`: the source is known and does not say it. */
  private readonly known = new Map<number, string | undefined>();

  constructor(
    private readonly frame: (site: number) => WireFrame | undefined,
    private readonly code: (url: string) => ScriptCode | undefined,
  ) {}

  /** `undefined` while it is not known, and for what cannot be told. */
  at(site: number): string | undefined {
    if (this.known.has(site)) return this.known.get(site);
    const frame = this.frame(site);
    if (!frame || isDependency(frame.url) || isNodeInternal(frame.url)) return undefined;
    // whoever reads them keeps the latest few: more than these would be read again and again
    if (!this.scripts.has(frame.url) && this.scripts.size >= MAX_SCRIPTS) return undefined;
    this.scripts.add(frame.url);
    const code = this.code(frame.url);
    if (!code) return undefined;
    const text = code.awaited(frame);
    this.known.set(site, text);
    return text;
  }
}

const MAX_SCRIPTS = 40;
