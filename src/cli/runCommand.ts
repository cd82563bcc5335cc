import { t } from '../base/texts.js';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { FINDING_KINDS, TIMED_KINDS } from '../protocol/snapshot.js';
import { DEFAULT_THRESHOLD_MS, HELP_OPTION, libraryOperations, milliseconds, strictly } from './arguments.js';
import { type Command, UsageError } from './command.js';
import { run, type RunAsked } from './run.js';
import { example, option, usageOf } from './usage.js';

const OPTIONS = {
  ...HELP_OPTION,
  threshold: { type: 'string' },
  libraries: { type: 'string' },
  out: { type: 'string' },
  'snapshot-after': { type: 'string' },
  record: { type: 'string' },
  'slow-after': { type: 'string' },
  'fail-on': { type: 'string' },
  format: { type: 'string' },
} as const satisfies ParseArgsConfig['options'];

export const RUN: Command<RunAsked> = {
  usage: () =>
    usageOf(
      'run [OPTIONS] [--] PROGRAM|COMMAND [ARGS...]',
      t(
        'Runs a Node.js program, or a command that starts such, with all Node.js processes below it, and says on stderr what blocks an event loop, what is wrong with promises and handles, and at the end what still waited.',
      ),
      option('--threshold MS', t('report what blocks for longer than this (100; 0: report nothing)')),
      option('--libraries WHICH', t('operations of libraries that are shown: safe, all or off (safe)')),
      option(
        '--out FILE',
        t('write warnings, snapshots and the exit code to a file, one JSON object a line'),
      ),
      option('--snapshot-after MS', t('write a snapshot of all tasks after this time too (needs --out)')),
      option('--record FILE', t('write a recording of what the tasks did')),
      option(
        '--slow-after MS',
        t('report a task that waits for one request, lookup or file for longer (10000; 0: none)'),
      ),
      option(
        '--fail-on KIND,KIND',
        t('end with code 1 if something of these kinds was found, such as unhandledRejection,blocking'),
      ),
      option('--format github', t('also write what was found as annotations of GitHub Actions')),
      t('Ends as the program ends. Options of node stand after --.'),
      example('run server.js'),
      example('run --threshold 50 -- --enable-source-maps server.js'),
      example('run --fail-on floatingPromise,unhandledRejection --format github test.js'),
      example('run -- npx vitest run'),
    ),
  parse,
  execute: run,
};

function parse(args: string[]): RunAsked | undefined {
  const { own, program } = splitAtProgram(args);
  const values = strictly(() => parseArgs({ args: own, options: OPTIONS }).values);
  if (values.help) return undefined;
  if (program.length === 0) throw new UsageError(t('run: which program?'));
  const asked: RunAsked = {
    thresholdMs: milliseconds('--threshold', values.threshold) ?? DEFAULT_THRESHOLD_MS,
    program,
  };
  const libraries = libraryOperations(values.libraries);
  if (libraries !== undefined) asked.libraries = libraries;
  const slowAfterMs = milliseconds('--slow-after', values['slow-after']);
  if (slowAfterMs !== undefined) asked.slowAfterMs = slowAfterMs;
  const failOn = warningKinds(values['fail-on']);
  if (failOn.length > 0) asked.failOn = failOn;
  if (isGithub(values.format)) asked.annotates = true;
  const { out } = values;
  if (out === '') throw new UsageError(t('--out: which file?'));
  if (out !== undefined) asked.out = out;
  const { record } = values;
  if (record === '') throw new UsageError(t('--record: which file?'));
  if (record !== undefined) asked.record = record;
  const snapshotAfterMs = milliseconds('--snapshot-after', values['snapshot-after']);
  if (snapshotAfterMs !== undefined) {
    if (out === undefined)
      throw new UsageError(t('--snapshot-after: say with --out where the snapshot goes.'));
    asked.snapshotAfterMs = snapshotAfterMs;
  }
  return asked;
}

/** Kinds with commas between them. */
function warningKinds(text: string | undefined): string[] {
  if (text === undefined) return [];
  const kinds = text.split(',').map((kind) => kind.trim());
  const known: readonly string[] = [...FINDING_KINDS, ...TIMED_KINDS];
  const unknown = kinds.find((kind) => !known.includes(kind));
  if (unknown === undefined) return kinds;
  throw new UsageError(t('--fail-on: there is no kind "{0}". The kinds are {1}.', unknown, known.join(', ')));
}

function isGithub(format: string | undefined): boolean {
  if (format === undefined || format === 'github') return format !== undefined;
  throw new UsageError(t('--format: "{0}" is not known; github is.', format));
}

/** Options after the program's name are the program's own. */
function splitAtProgram(args: string[]): { own: string[]; program: string[] } {
  const { tokens } = parseArgs({
    args,
    options: OPTIONS,
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
