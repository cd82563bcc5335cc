import { t } from '../base/texts.js';
import { parseArgs } from 'node:util';
import { HELP_OPTION, libraryOperations, oneTarget, strictly } from './arguments.js';
import { type Command, UsageError } from './command.js';
import { show, type ShowAsked } from './show.js';
import { example, option, usageOf } from './usage.js';

export const PS: Command<ShowAsked> = {
  usage: () =>
    usageOf(
      'ps [--json] [--libraries WHICH] PID|HOST:PORT',
      t('Lists the tasks of a program that is running, oldest first.'),
      option('--json', t('print the snapshot as JSON')),
      example('ps 4711'),
    ),
  parse: (args) => parse('ps', args),
  execute: show,
};

export const PSTREE: Command<ShowAsked> = {
  usage: () =>
    usageOf(
      'pstree [--json] [--libraries WHICH] PID|HOST:PORT',
      t('Shows the tasks of a program that is running as a tree, with what waits for what.'),
      option('--json', t('print the snapshot as JSON')),
      example('pstree 127.0.0.1:9229'),
    ),
  parse: (args) => parse('pstree', args),
  execute: show,
};

export const WHY: Command<ShowAsked> = {
  usage: () =>
    usageOf(
      'why PID|HOST:PORT',
      t(
        'Says what keeps a program running: its servers, connections, timers and children, with the lines that made them.',
      ),
      example('why 4711'),
    ),
  parse(args) {
    const asked = parse('why', args);
    if (asked?.json) throw new UsageError(t('why: there is no --json; ps --json has it all.'));
    return asked;
  },
  execute: show,
};

function parse(as: ShowAsked['as'], args: string[]): ShowAsked | undefined {
  const { values, positionals } = strictly(() =>
    parseArgs({
      args,
      options: { ...HELP_OPTION, json: { type: 'boolean' }, libraries: { type: 'string' } },
      allowPositionals: true,
    }),
  );
  if (values.help) return undefined;
  const libraries = libraryOperations(values.libraries);
  return {
    as,
    json: values.json ?? false,
    ...(libraries && { libraries }),
    target: oneTarget(as, positionals),
  };
}
