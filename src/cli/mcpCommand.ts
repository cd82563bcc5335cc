import { t } from '../base/texts.js';
import { parseArgs } from 'node:util';
import { HELP_OPTION, strictly } from './arguments.js';
import type { Command } from './command.js';
import { mcp } from './mcp.js';
import { usageOf } from './usage.js';

export const MCP: Command<object> = {
  usage: () =>
    usageOf(
      'mcp',
      t(
        'Answers the questions of an agent about Node.js programs, over the Model Context Protocol on stdin and stdout.',
      ),
    ),
  parse: (args) => (strictly(() => parseArgs({ args, options: HELP_OPTION }).values).help ? undefined : {}),
  execute: (_asked, environment) => mcp(environment),
};
