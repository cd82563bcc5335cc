import { t } from '../base/texts.js';
import { parseArgs } from 'node:util';
import { HELP_OPTION, oneTarget, strictly } from './arguments.js';
import { type Command, UsageError } from './command.js';
import { convert, type ConvertAsked, record, type RecordAsked } from './record.js';
import { example, usageOf } from './usage.js';

export const RECORD: Command<RecordAsked> = {
  usage: () =>
    usageOf(
      'record [--seconds N] [--out FILE] PID|HOST:PORT',
      t('Records what the tasks of a running program do (10 seconds), for Async Debugger in VS Code.'),
      example('record --seconds 30 --out busy.asyncrec 4711'),
    ),
  parse: parseRecord,
  execute: record,
};

export const CONVERT: Command<ConvertAsked> = {
  usage: () =>
    usageOf(
      'convert RECORDING FILE',
      t("Writes a recording for Chrome's Performance panel (FILE.json) or Perfetto (FILE.pftrace)."),
      example('convert busy.asyncrec busy.pftrace'),
    ),
  parse: parseConvert,
  execute: (asked) => {
    convert(asked);
    return Promise.resolve();
  },
};

function parseRecord(args: string[]): RecordAsked | undefined {
  const { values, positionals } = strictly(() =>
    parseArgs({
      args,
      options: { ...HELP_OPTION, seconds: { type: 'string' }, out: { type: 'string' } },
      allowPositionals: true,
    }),
  );
  if (values.help) return undefined;
  const target = oneTarget('record', positionals);
  const seconds = Number(values.seconds ?? DEFAULT_SECONDS);
  if (!(seconds > 0 && seconds <= MAX_SECONDS))
    throw new UsageError(t('--seconds: give a number up to {0}.', MAX_SECONDS));
  const [text = ''] = positionals;
  return { target, seconds, out: values.out || `${text.replace(/[^\w.-]/g, '-')}.asyncrec` };
}

function parseConvert(args: string[]): ConvertAsked | undefined {
  const { values, positionals } = strictly(() =>
    parseArgs({ args, options: HELP_OPTION, allowPositionals: true }),
  );
  if (values.help) return undefined;
  const [from, to, ...more] = positionals;
  if (from === undefined || to === undefined || more.length > 0)
    throw new UsageError(t('convert: give a recording and the file to write.'));
  return { from, to };
}

const DEFAULT_SECONDS = 10;
const MAX_SECONDS = 3_600;
