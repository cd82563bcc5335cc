import { t } from '../base/texts.js';

/** What can be asked of `asyncdebug`. */
export function usage(): string {
  return [
    t('Usage:'),
    ...command(
      'run [--threshold MS] [--out FILE] [--snapshot-after MS] [--] PROGRAM [ARGS...]',
      t(
        'Runs a Node.js program and says on stderr what blocks its event loop, and at its end what it still waited for.',
      ),
      option('--threshold MS', t('report what blocks for longer than this (100; 0: report nothing)')),
      option(
        '--out FILE',
        t('write warnings, snapshots and the exit code to a file, one JSON object a line'),
      ),
      option('--snapshot-after MS', t('write a snapshot of all tasks after this time too (needs --out)')),
      t('What stands after -- goes to node as it is: run -- --enable-source-maps server.js'),
    ),
    ...command(
      'ps|pstree [--json] PID|HOST:PORT',
      t(
        'Shows the tasks of a program that is running: ps as a list, oldest first, pstree with what waits for what.',
      ),
      option('--json', t('print the snapshot as JSON')),
    ),
    ...command(
      'mcp',
      t(
        'Answers the questions of an agent about Node.js programs, over the Model Context Protocol on stdin and stdout.',
      ),
    ),
    ...command('--help | --version'),
  ].join('\n');
}

/** How it is written, and below it what it does. */
function command(words: string, ...lines: string[]): string[] {
  return [`  asyncdebug ${words}`, ...lines.map((line) => `      ${line}`), ''];
}

function option(words: string, meaning: string): string {
  return `  ${words.padEnd(OPTION_WIDTH)}${meaning}`;
}

const OPTION_WIDTH = 22;
