import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What tells the language of who sits at the terminal. */
type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The texts of the language that the environment asks for, from the folder of the bundles; `undefined` where it asks for
 * none, for English, or for one that there is no bundle of. Never throws.
 */
export function bundleFor(folder: string, environment: Environment): Record<string, string> | undefined {
  for (const language of languagesOf(environment)) {
    try {
      const file = join(folder, `bundle.l10n.${language}.json`);
      return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
    } catch {
      continue; // there is none of this language
    }
  }
  return undefined;
}

/** `zh-cn` and `zh` of `LANG=zh_CN.UTF-8`, as bundles are named; none of `C`. Windows sets no such variable. */
export function languagesOf(environment: Environment): string[] {
  const locale =
    [environment['LC_ALL'], environment['LC_MESSAGES'], environment['LANG']].find(Boolean) ??
    (process.platform === 'win32' ? Intl.DateTimeFormat().resolvedOptions().locale : '');
  const [, language, region] = /^([a-z]{2,3})(?:[_-]([a-z]{2,4}))?(?:[-_.@]|$)/i.exec(locale) ?? [];
  if (language === undefined) return [];
  const own = language.toLowerCase();
  return region === undefined ? [own] : [`${own}-${region.toLowerCase()}`, own];
}
