import { t } from '../base/texts.js';

/** What can be asked of `asyncdebug`. */
export function usage(): string {
  return [
    t('Usage:'),
    ...command(
      'run [--threshold MS] [--libraries WHICH] [--out FILE] [--snapshot-after MS] [--] PROGRAM [ARGS...]',
      t(
        'Runs a Node.js program and says on stderr what blocks its event loop, and at its end what it still waited for.',
      ),
      option('--threshold MS', t('report what blocks for longer than this (100; 0: report nothing)')),
      option('--libraries WHICH', t('operations of libraries that are shown: safe, all or off (safe)')),
      option(
        '--out FILE',
        t('write warnings, snapshots and the exit code to a file, one JSON object a line'),
      ),
      option('--snapshot-after MS', t('write a snapshot of all tasks after this time too (needs --out)')),
      option('--record FILE', t('write a recording of what the tasks did')),
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
    ),
    ...command(
      'why-stuck [--yes] [--json] PID|HOST:PORT',
      t(
        'Says in at most ten lines what a program is stuck on, the most likely first. Takes a heap snapshot.',
      ),
    ),
    ...command(
      'record [--seconds N] [--out FILE] PID|HOST:PORT',
      t('Records what the tasks of a running program do (10 seconds), for Async Debugger in VS Code.'),
    ),
    ...command(
      'convert RECORDING FILE',
      t("Writes a recording for Chrome's Performance panel (FILE.json) or Perfetto (FILE.pftrace)."),
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
