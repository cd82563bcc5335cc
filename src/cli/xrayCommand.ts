import { t } from '../base/texts.js';
import { parseArgs } from 'node:util';
import { HELP_OPTION, oneTarget, strictly } from './arguments.js';
import { type Command, UsageError } from './command.js';
import { example, option, usageOf } from './usage.js';
import { xray, type XrayAsked } from './xray.js';

export const XRAY: Command<XrayAsked> = {
  usage: () =>
    usageOf(
      'xray [--deep [--locals]] [--yes] [--json] PID|HOST:PORT',
      t(
        'Shows what a program waits for that was started without us: its suspended functions, and who awaits whom.',
      ),
      option(
        '--deep',
        t('take a heap snapshot, for which the program stands still: also who may settle a promise'),
      ),
      option('--locals', t('with the variables of its functions, whose values may be secret')),
      option('--yes', t('do not ask before a long pause')),
      option('--json', t('print the snapshot as JSON')),
      example('xray --deep 4711'),
    ),
  parse,
  execute: xray,
};

function parse(args: string[]): XrayAsked | undefined {
  const { values, positionals } = strictly(() =>
    parseArgs({
      args,
      options: {
        ...HELP_OPTION,
        deep: { type: 'boolean' },
        locals: { type: 'boolean' },
        yes: { type: 'boolean', short: 'y' },
        json: { type: 'boolean' },
      },
      allowPositionals: true,
    }),
  );
  if (values.help) return undefined;
  const { deep = false, locals = false, yes = false, json = false } = values;
  if (locals && !deep) throw new UsageError(t('xray: --locals needs --deep.'));
  return { deep, locals, yes, json, target: oneTarget('xray', positionals) };
}
