import { t } from '../base/texts.js';
import { parseArgs } from 'node:util';
import { HELP_OPTION, oneTarget, strictly } from './arguments.js';
import type { Command } from './command.js';
import { example, usageOf } from './usage.js';
import { whyStuck, type WhyStuckAsked } from './whyStuck.js';

export const WHY_STUCK: Command<WhyStuckAsked> = {
  usage: () =>
    usageOf(
      'why-stuck [--yes] [--json] PID|HOST:PORT',
      t(
        'Says in at most ten lines what a program is stuck on, the most likely first. Takes a heap snapshot.',
      ),
      example('why-stuck 4711'),
    ),
  parse,
  execute: whyStuck,
};

function parse(args: string[]): WhyStuckAsked | undefined {
  const { values, positionals } = strictly(() =>
    parseArgs({
      args,
      options: { ...HELP_OPTION, yes: { type: 'boolean', short: 'y' }, json: { type: 'boolean' } },
      allowPositionals: true,
    }),
  );
  if (values.help) return undefined;
  const { yes = false, json = false } = values;
  return { yes, json, target: oneTarget('why-stuck', positionals) };
}
