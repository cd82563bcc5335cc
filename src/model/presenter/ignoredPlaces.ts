import type { Site } from '../../protocol/snapshot.js';
import { PathPattern } from '../pathPattern.js';
import { packageName } from '../tasks/externalNames.js';
import { functionName, isOpenable } from './places.js';
import { workspacePath } from './workspacePath.js';

/** What may be ignored about a place, from the least to the most. */
export interface IgnoreChoice {
  what: 'function' | 'line' | 'file' | 'package';
  /** As the setting holds it. */
  pattern: string;
}

/**
 * Places whose warnings are not shown: `src/report.ts#parse` for a function, `src/report.ts:20` for a line,
 * `src/legacy/**` for files and `express` for a package. Paths begin at a folder of the workspace.
 */
export class IgnoredPlaces {
  private readonly rules: readonly Rule[];
  /** The same places come again and again. */
  private readonly known = new WeakMap<Site, boolean>();

  constructor(
    patterns: readonly string[],
    private readonly workspace: readonly string[],
  ) {
    this.rules = patterns
      .map((pattern) => pattern.trim())
      .filter((pattern) => pattern !== '')
      .map(ruleOf);
  }

  has(site: Site | undefined): boolean {
    if (site === undefined || this.rules.length === 0) return false;
    const known = this.known.get(site);
    if (known !== undefined) return known;
    const has = this.rules.some((rule) => this.obeys(site, rule));
    this.known.set(site, has);
    return has;
  }

  private obeys(site: Site, rule: Rule): boolean {
    if (rule.line !== undefined && rule.line !== site.line) return false;
    if (rule.function !== undefined && rule.function !== functionName(site)) return false;
    const whole = workspacePath(site.file, { workspace: [] });
    if (rule.path.test(whole)) return true;
    if (rule.path.test(workspacePath(site.file, { workspace: this.workspace }))) return true;
    return rule.isName && rule.path.test(packageName(site.file) ?? '');
  }
}

interface Rule {
  path: PathPattern;
  line?: number;
  function?: string;
  /** It may be the name of a package. */
  isName: boolean;
}

function ruleOf(pattern: string): Rule {
  const [, path = pattern, line, name] = /^(.+?)(?::(\d+)|#([^/#]+))$/.exec(pattern) ?? [];
  return {
    path: new PathPattern(path),
    isName: /^(?:@[^/]+\/)?[^/]+$/.test(path),
    ...(line !== undefined && { line: Number(line) }),
    ...(name !== undefined && { function: name }),
  };
}

export function ignoreChoices(site: Site, workspace: readonly string[]): IgnoreChoice[] {
  const path = workspacePath(site.file, { workspace });
  const ofPackage = packageName(site.file);
  const choices: IgnoreChoice[] = [];
  if (site.function !== undefined && site.function !== '')
    choices.push({ what: 'function', pattern: `${path}#${functionName(site)}` });
  choices.push({ what: 'line', pattern: `${path}:${site.line}` });
  choices.push({ what: 'file', pattern: path });
  if (ofPackage !== undefined) choices.push({ what: 'package', pattern: ofPackage });
  return choices.filter(() => isOpenable(site));
}
