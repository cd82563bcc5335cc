import { join } from 'node:path';
import type { Logger } from '../base/logger.js';
import { t, useTranslations } from '../base/texts.js';
import { UserError } from '../base/userError.js';
import { plainText } from '../model/plainText.js';
import { OptionError, UsageError } from './command.js';
import { parseCommand } from './commands.js';
import { bundleFor } from './language.js';
import { terminalText } from './terminalText.js';

declare const __VERSION__: string;

/** 1: it could not be done. 2: it was asked for wrongly. Of `run`: the program's own code. */
async function main(args: readonly string[]): Promise<void> {
  const line = parseCommand(args);
  switch (line.name) {
    case 'help':
      process.stdout.write(line.text);
      return;
    case 'version':
      process.stdout.write(`${__VERSION__}\n`);
      return;
    case 'command':
      return line.execute({
        agentPath: join(__dirname, 'agent.js'),
        inspectPath: join(__dirname, 'inspect.js'),
        version: __VERSION__,
        say,
        print: (text) => process.stdout.write(`${terminalText(text)}\n`),
        logger,
      });
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
