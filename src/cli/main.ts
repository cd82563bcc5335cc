import { join } from 'node:path';
import type { Logger } from '../base/logger.js';
import { t, useTranslations } from '../base/texts.js';
import { UserError } from '../base/userError.js';
import { plainText } from '../model/plainText.js';
import { OptionError, parseCommand, UsageError } from './arguments.js';
import { bundleFor } from './language.js';
import { mcp } from './mcp.js';
import { convert, record } from './record.js';
import { run } from './run.js';
import { show } from './show.js';
import { terminalText } from './terminalText.js';
import { usage } from './usage.js';
import { whyStuck } from './whyStuck.js';
import { xray } from './xray.js';

declare const __VERSION__: string;

/** 1: it could not be done. 2: it was asked for wrongly. Of `run`: the program's own code. */
async function main(args: readonly string[]): Promise<void> {
  const command = parseCommand(args);
  const environment = {
    agentPath: join(__dirname, 'agent.js'),
    inspectPath: join(__dirname, 'inspect.js'),
    version: __VERSION__,
    say,
    print: (text: string) => process.stdout.write(`${terminalText(text)}\n`),
    logger,
  };
  switch (command.name) {
    case 'help':
      process.stdout.write(usage());
      return;
    case 'version':
      process.stdout.write(`${__VERSION__}\n`);
      return;
    case 'run':
      return run(command, environment);
    case 'mcp':
      return mcp(environment);
    case 'record':
      return record(command, environment);
    case 'convert':
      convert(command);
      return;
    case 'ps':
    case 'pstree':
      return show(command, environment);
    case 'xray':
      return xray(command, environment);
    case 'why-stuck':
      return whyStuck(command, environment);
  }
}

function say(text: string): void {
  process.stderr.write(`asyncdebug: ${plainText(text, MAX_SAID)}\n`);
}

const MAX_SAID = 10_000;

const logger: Logger = {
  debug() {},
  info() {},
  warn() {},
  error: (message, error) => say(`${message}: ${String(error)}`),
};

// Who reads the output may stop reading: then there is nobody to tell.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

useTranslations(bundleFor(join(__dirname, '..', 'l10n'), process.env));
main(process.argv.slice(2)).catch((error: unknown) => {
  if (error instanceof UsageError) {
    say(`${error.message} ${t('asyncdebug --help tells what can be asked.')}`);
    process.exitCode = 2;
  } else {
    say(error instanceof UserError ? error.message : String(error));
    process.exitCode = error instanceof OptionError ? 2 : 1;
  }
});
