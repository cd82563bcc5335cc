import type { Site } from '../../protocol/snapshot.js';
import { isNodeInternal } from '../codeOrigin.js';
import { PathPattern } from '../pathPattern.js';
import { forwardPath } from '../paths.js';

/** The patterns where nobody says anything else: Node's own code and packages. */
export const HIDDEN_BY_DEFAULT: readonly string[] = ['<node_internals>/**', '**/node_modules/**'];

/**
 * Files whose tasks are not shown on their own, by patterns as the JavaScript debugger's `skipFiles` has them:
 * `*` stands for part of a name, `**` for any folders, `<node_internals>` for Node's own code; `!` shows again.
 * The last pattern that matches counts.
 */
export class HiddenFiles {
  static readonly byDefault = new HiddenFiles(HIDDEN_BY_DEFAULT);
  private readonly rules: readonly { hides: boolean; path: PathPattern }[];
  /** Many tasks share one place. */
  private readonly known = new WeakMap<Site, boolean>();

  constructor(patterns: readonly string[]) {
    this.rules = patterns
      .map((pattern) => pattern.trim())
      .filter((pattern) => pattern !== '')
      .map((pattern) =>
        pattern.startsWith('!')
          ? { hides: false, path: new PathPattern(pattern.slice(1)) }
          : { hides: true, path: new PathPattern(pattern) },
      )
      .reverse();
  }

  hides(site: Site): boolean {
    const known = this.known.get(site);
    if (known !== undefined) return known;
    const path = testedPath(site.file);
    const hides = this.rules.find((rule) => rule.path.test(path))?.hides ?? false;
    this.known.set(site, hides);
    return hides;
  }
}

/** With forward slashes; Node's own code under the name that patterns give it. */
function testedPath(file: string): string {
  if (isNodeInternal(file)) return `<node_internals>/${file.replace(/^node:/, '')}`;
  return forwardPath(file);
}
