import { t } from '../base/texts.js';
import { type CliEnvironment, type Command, UsageError } from './command.js';
import { MCP } from './mcpCommand.js';
import { CONVERT, RECORD } from './recordCommand.js';
import { RUN } from './runCommand.js';
import { PS, PSTREE, WHY } from './showCommand.js';
import { WHY_STUCK } from './whyStuckCommand.js';
import { XRAY } from './xrayCommand.js';
import { usageOf } from './usage.js';

/** All commands by their names, in the order of the help. */
const COMMANDS: ReadonlyMap<string, Prepared> = new Map([
  ['run', prepared(RUN)],
  ['ps', prepared(PS)],
  ['pstree', prepared(PSTREE)],
  ['why', prepared(WHY)],
  ['xray', prepared(XRAY)],
  ['why-stuck', prepared(WHY_STUCK)],
  ['record', prepared(RECORD)],
  ['convert', prepared(CONVERT)],
  ['mcp', prepared(MCP)],
]);

/** What a command line asks for. */
export type CommandLine =
  | { name: 'version' }
  /** Of one command, or of all. */
  | { name: 'help'; text: string }
  | { name: 'command'; asked: unknown; execute: (environment: CliEnvironment) => Promise<void> };

/** Throws a UsageError. */
export function parseCommand(args: readonly string[]): CommandLine {
  const [name, ...rest] = args;
  switch (name) {
    case '--help':
    case '-h':
    case 'help':
      return { name: 'help', text: usage([...COMMANDS.values()]) };
    case '--version':
    case '-v':
      return { name: 'version' };
    case undefined:
      throw new UsageError(t('Say what to do.'));
  }
  const command = COMMANDS.get(name);
  if (!command) throw new UsageError(t('"{0}" is not a command.', name));
  return command.prepare(rest);
}

interface Prepared {
  usage: () => string;
  prepare(args: string[]): CommandLine;
}

function prepared<Asked>(command: Command<Asked>): Prepared {
  return {
    usage: () => command.usage(),
    prepare(args) {
      const asked = command.parse(args);
      if (asked === undefined) return { name: 'help', text: usage([command]) };
      return { name: 'command', asked, execute: (environment) => command.execute(asked, environment) };
    },
  };
}

function usage(commands: readonly { usage: () => string }[]): string {
  const all = commands.map((command) => command.usage());
  if (commands.length > 1) all.push(usageOf('[COMMAND] --help | --version'));
  return `${t('Usage:')}\n${all.join('\n')}`;
}
