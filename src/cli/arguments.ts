import { t } from '../base/texts.js';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { UserError } from '../base/userError.js';
import type { LibraryOperations } from '../protocol/wire.js';

export type Command =
  | { name: 'help' | 'version' | 'mcp' }
  | {
      name: 'run';
      thresholdMs: number;
      out?: string;
      snapshotAfterMs?: number;
      libraries?: LibraryOperations;
      record?: string;
      program: string[];
    }
  | { name: 'record'; target: Target; seconds: number; out: string }
  | { name: 'convert'; from: string; to: string }
  | { name: 'ps' | 'pstree'; json: boolean; target: Target }
  | { name: 'xray'; deep: boolean; locals: boolean; yes: boolean; json: boolean; target: Target }
  | { name: 'why-stuck'; yes: boolean; json: boolean; target: Target };

/** A running program: a process of this machine, or an inspector. */
export type Target = { pid: number } | { host: string; port: number };

/** The command line is wrong; the message says where. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** An option is well-formed but cannot be followed; the message says why. */
export class OptionError extends UserError {}

/** Throws a UsageError. */
export function parseCommand(args: readonly string[]): Command {
  const [name, ...rest] = args;
  switch (name) {
    case '--help':
    case '-h':
      return { name: 'help' };
    case '--version':
    case '-v':
      return { name: 'version' };
    case 'run':
      return parseRun(rest);
    case 'ps':
    case 'pstree':
      return parseShow(name, rest);
    case 'record':
      return parseRecord(rest);
    case 'convert':
      return parseConvert(rest);
    case 'mcp':
      return parseMcp(rest);
    case 'xray':
      return parseXray(rest);
    case 'why-stuck':
      return parseWhyStuck(rest);
    case undefined:
      throw new UsageError(t('Say what to do.'));
    default:
      throw new UsageError(t('"{0}" is not a command.', name));
  }
}

export const DEFAULT_THRESHOLD_MS = 100;

const RUN_OPTIONS = {
  help: { type: 'boolean', short: 'h' },
  threshold: { type: 'string' },
  libraries: { type: 'string' },
  out: { type: 'string' },
  'snapshot-after': { type: 'string' },
  record: { type: 'string' },
} as const satisfies ParseArgsConfig['options'];

function parseRun(args: string[]): Command {
  const { own, program } = splitAtProgram(args);
  const values = strictly(() => parseArgs({ args: own, options: RUN_OPTIONS }).values);
  if (values.help) return { name: 'help' };
  if (program.length === 0) throw new UsageError(t('run: which program?'));
  const command: Command = {
    name: 'run',
    thresholdMs: milliseconds('--threshold', values.threshold) ?? DEFAULT_THRESHOLD_MS,
    program,
  };
  const libraries = LIBRARIES.find((choice) => choice === values.libraries);
  if (libraries !== undefined) command.libraries = libraries;
  else if (values.libraries !== undefined)
    throw new UsageError(
      t('{0}: "{1}" is none of {2}.', '--libraries', values.libraries, LIBRARIES.join(', ')),
    );
  const { out } = values;
  if (out === '') throw new UsageError(t('--out: which file?'));
  if (out !== undefined) command.out = out;
  const { record } = values;
  if (record === '') throw new UsageError(t('--record: which file?'));
  if (record !== undefined) command.record = record;
  const snapshotAfterMs = milliseconds('--snapshot-after', values['snapshot-after']);
  if (snapshotAfterMs !== undefined) {
    if (out === undefined)
      throw new UsageError(t('--snapshot-after: say with --out where the snapshot goes.'));
    command.snapshotAfterMs = snapshotAfterMs;
  }
  return command;
}

const LIBRARIES: readonly LibraryOperations[] = ['safe', 'all', 'off'];

/** Options after the program's name are the program's own. */
function splitAtProgram(args: string[]): { own: string[]; program: string[] } {
  const { tokens } = parseArgs({
    args,
    options: RUN_OPTIONS,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind === 'positional')
      return { own: args.slice(0, token.index), program: args.slice(token.index) };
    if (token.kind === 'option-terminator') {
      return { own: args.slice(0, token.index), program: args.slice(token.index + 1) };
    }
  }
  return { own: args, program: [] };
}

function parseShow(name: 'ps' | 'pstree', args: string[]): Command {
  const { values, positionals } = strictly(() =>
    parseArgs({
      args,
      options: { help: { type: 'boolean', short: 'h' }, json: { type: 'boolean' } },
      allowPositionals: true,
    }),
  );
  if (values.help) return { name: 'help' };
  return { name, json: values.json ?? false, target: onlyTarget(name, positionals) };
}

function parseXray(args: string[]): Command {
  const { values, positionals } = strictly(() =>
    parseArgs({
      args,
      options: {
        help: { type: 'boolean', short: 'h' },
        deep: { type: 'boolean' },
        locals: { type: 'boolean' },
        yes: { type: 'boolean', short: 'y' },
        json: { type: 'boolean' },
      },
      allowPositionals: true,
    }),
  );
  if (values.help) return { name: 'help' };
  const { deep = false, locals = false, yes = false, json = false } = values;
  if (locals && !deep) throw new UsageError(t('xray: --locals needs --deep.'));
  return { name: 'xray', deep, locals, yes, json, target: onlyTarget('xray', positionals) };
}

function parseWhyStuck(args: string[]): Command {
  const { values, positionals } = strictly(() =>
    parseArgs({
      args,
      options: {
        help: { type: 'boolean', short: 'h' },
        yes: { type: 'boolean', short: 'y' },
        json: { type: 'boolean' },
      },
      allowPositionals: true,
    }),
  );
  if (values.help) return { name: 'help' };
  const { yes = false, json = false } = values;
  return { name: 'why-stuck', yes, json, target: onlyTarget('why-stuck', positionals) };
}

function onlyTarget(name: string, [target, ...more]: string[]): Target {
  if (target === undefined || more.length > 0)
    throw new UsageError(t('{0}: give one PID or HOST:PORT.', name));
  return parseTarget(target);
}

function parseMcp(args: string[]): Command {
  const { values } = strictly(() => parseArgs({ args, options: { help: { type: 'boolean', short: 'h' } } }));
  return { name: values.help ? 'help' : 'mcp' };
}

/** Throws a UsageError. */
export function parseRecord(args: string[]): Command {
  const { values, positionals } = strictly(() =>
    parseArgs({
      args,
      options: {
        help: { type: 'boolean', short: 'h' },
        seconds: { type: 'string' },
        out: { type: 'string' },
      },
      allowPositionals: true,
    }),
  );
  if (values.help) return { name: 'help' };
  const [target, ...more] = positionals;
  if (target === undefined || more.length > 0)
    throw new UsageError(t('{0}: give one PID or HOST:PORT.', 'record'));
  const seconds = Number(values.seconds ?? DEFAULT_RECORD_SECONDS);
  if (!(seconds > 0 && seconds <= MAX_RECORD_SECONDS))
    throw new UsageError(t('--seconds: give a number up to {0}.', MAX_RECORD_SECONDS));
  return {
    name: 'record',
    target: parseTarget(target),
    seconds,
    out: values.out || `${target.replace(/[^\w.-]/g, '-')}.asyncrec`,
  };
}

const DEFAULT_RECORD_SECONDS = 10;
const MAX_RECORD_SECONDS = 3_600;

function parseConvert(args: string[]): Command {
  const { values, positionals } = strictly(() =>
    parseArgs({ args, options: { help: { type: 'boolean', short: 'h' } }, allowPositionals: true }),
  );
  if (values.help) return { name: 'help' };
  const [from, to, ...more] = positionals;
  if (from === undefined || to === undefined || more.length > 0)
    throw new UsageError(t('convert: give a recording and the file to write.'));
  return { name: 'convert', from, to };
}

export function parseTarget(text: string): Target {
  if (/^[1-9]\d{0,9}$/.test(text)) return { pid: Number(text) };
  const found = /^(\[[0-9a-f:.]+\]|[^:[\]/\s]*):(\d{1,5})$/i.exec(text);
  const port = Number(found?.[2]);
  if (!found || port < 1 || port > 65535)
    throw new UsageError(t('"{0}" is neither a PID nor HOST:PORT.', text));
  return { host: found[1] || '127.0.0.1', port };
}

function milliseconds(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0 || value > MAX_MS) {
    throw new UsageError(t('{0}: "{1}" is not a number of milliseconds.', option, text));
  }
  return value;
}

/** The longest time that a timer can run. */
const MAX_MS = 2 ** 31 - 1;

function strictly<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    // parseArgs adds advice on `--` that does not hold here.
    throw new UsageError((error as Error).message.replace(/\. To specify.*$/s, '.'));
  }
}
