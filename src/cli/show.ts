import { t } from '../base/texts.js';
import { setTimeout as delay } from 'node:timers/promises';
import { UserError } from '../base/userError.js';
import { plainJson } from '../model/plainJson.js';
import { leftOutTexts, taskRows, treeText } from '../model/presenter/index.js';
import type { ProcessSnapshot, Snapshot } from '../protocol/snapshot.js';
import type { LibraryOperations } from '../protocol/wire.js';
import type { Target } from './arguments.js';
import { attachTo } from './attachTo.js';
import type { CliEnvironment } from './command.js';
import { keepingTree } from './keepingTree.js';

export interface ShowAsked {
  /** As a list, with what waits for what, or nothing but what keeps it running. */
  as: 'ps' | 'pstree' | 'why';
  json: boolean;
  /** Operations of libraries that are recorded from now on; absent: those that are safe. */
  libraries?: LibraryOperations;
  target: Target;
}

/** Prints the tasks of a program that is running. Rejects with a UserError. */
export async function show(asked: ShowAsked, environment: CliEnvironment): Promise<void> {
  const snapshot = await look(asked, environment);
  for (const process of snapshot.processes) {
    if (process.note !== undefined) environment.say(`${process.name}: ${process.note}`);
  }
  environment.print(asked.json ? plainJson(snapshot, 2) : text(asked.as, snapshot));
  for (const process of snapshot.processes) {
    for (const leftOut of leftOutTexts(process)) environment.say(`${process.name}: ${leftOut}`);
  }
  const [main] = snapshot.processes;
  if (main?.state === 'unavailable') throw new UserError(t('There is nothing to show.'));
  if (main?.state === 'connecting') {
    throw new UserError(
      t('The program did not answer within {0} s: native code holds it.', ANSWER_LIMIT_MS / 1000),
    );
  }
}

async function look({ target, libraries }: ShowAsked, environment: CliEnvironment): Promise<Snapshot> {
  const program = await attachTo(target, environment, libraries && { libraries });
  try {
    await Promise.race([program.start(), delay(ANSWER_LIMIT_MS, undefined, { ref: false })]);
    // Where the agent came late, it knows what has moved since.
    if (program.isLate) await delay(LATE_LOOK_MS);
    await program.whenSettled(SETTLE_LIMIT_MS);
    const snapshot = program.snapshot();
    await Promise.race([program.withdraw(), delay(WITHDRAW_LIMIT_MS, undefined, { ref: false })]);
    return snapshot;
  } finally {
    program.dispose();
  }
}

function text(as: ShowAsked['as'], snapshot: Snapshot): string {
  if (as === 'why') return snapshot.processes.map(whyText).join('\n');
  const grouping = as === 'ps' ? 'age' : 'awaits';
  const options = { filter: '', internals: false, maxRows: MAX_ROWS, hasNoFilter: true };
  return treeText(taskRows(snapshot, { ...options, grouping }));
}

/** What keeps a process or worker running; of one that could not be asked, its name alone. */
function whyText(process: ProcessSnapshot): string {
  if (process.node === '') return process.name;
  const tree = keepingTree(process, 'do');
  return tree === ''
    ? t('Nothing is known of that keeps {0} running.', process.name)
    : `${t('What keeps {0} running:', process.name)}\n${tree}`;
}

const WITHDRAW_LIMIT_MS = 3000;
const ANSWER_LIMIT_MS = 5000;
const SETTLE_LIMIT_MS = 2000;
const LATE_LOOK_MS = 1000;
const MAX_ROWS = 1000;
