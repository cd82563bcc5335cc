/** What the options of several commands have in common. */
import { t } from '../base/texts.js';
import type { LibraryOperations } from '../protocol/wire.js';
import { UsageError } from './command.js';

export const DEFAULT_THRESHOLD_MS = 100;

export const HELP_OPTION = { help: { type: 'boolean', short: 'h' } } as const;

/** A running program: a process of this machine, or an inspector. */
export type Target = { pid: number } | { host: string; port: number };

/** The one target that `positionals` must be. Throws a UsageError. */
export function oneTarget(command: string, positionals: readonly string[]): Target {
  const [target, ...more] = positionals;
  if (target === undefined || more.length > 0)
    throw new UsageError(t('{0}: give one PID or HOST:PORT.', command));
  return parseTarget(target);
}

/** Throws a UsageError. */
export function parseTarget(text: string): Target {
  if (/^[1-9]\d{0,9}$/.test(text)) return { pid: Number(text) };
  const found = /^(\[[0-9a-f:.]+\]|[^:[\]/\s]*):(\d{1,5})$/i.exec(text);
  const port = Number(found?.[2]);
  if (!found || port < 1 || port > 65535)
    throw new UsageError(t('"{0}" is neither a PID nor HOST:PORT.', text));
  return { host: found[1] || '127.0.0.1', port };
}

/** Throws a UsageError. */
export function milliseconds(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0 || value > MAX_MS) {
    throw new UsageError(t('{0}: "{1}" is not a number of milliseconds.', option, text));
  }
  return value;
}

/** The longest time that a timer can run. */
const MAX_MS = 2 ** 31 - 1;

/** What `parseArgs` throws becomes a UsageError. */
export function strictly<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    // parseArgs adds advice on `--` that does not hold here.
    throw new UsageError((error as Error).message.replace(/\. To specify.*$/s, '.'));
  }
}

/** What `--libraries` says; `undefined` where it is not given. Throws a UsageError. */
export function libraryOperations(text: string | undefined): LibraryOperations | undefined {
  const libraries = LIBRARIES.find((choice) => choice === text);
  if (text !== undefined && libraries === undefined)
    throw new UsageError(t('{0}: "{1}" is none of {2}.', '--libraries', text, LIBRARIES.join(', ')));
  return libraries;
}

const LIBRARIES: readonly LibraryOperations[] = ['safe', 'all', 'off'];
