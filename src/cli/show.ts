import { t } from '../base/texts.js';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '../base/logger.js';
import { UserError } from '../base/userError.js';
import { plainJson } from '../model/plainJson.js';
import { leftOutTexts, taskRows, treeText } from '../model/presenter/index.js';
import type { Snapshot } from '../protocol/snapshot.js';
import type { Command } from './arguments.js';
import { attachTo } from './attachTo.js';

export interface ShowEnvironment {
  agentPath: string;
  version: string;
  say: (line: string) => void;
  print: (text: string) => void;
  logger: Logger;
}

/** Prints the tasks of a program that is running. Rejects with a UserError. */
export async function show(command: ShowCommand, environment: ShowEnvironment): Promise<void> {
  const snapshot = await look(command.target, environment);
  for (const process of snapshot.processes) {
    if (process.note !== undefined) environment.say(`${process.name}: ${process.note}`);
  }
  environment.print(command.json ? plainJson(snapshot, 2) : text(command.name, snapshot));
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

type ShowCommand = Extract<Command, { name: 'ps' | 'pstree' }>;

async function look(target: ShowCommand['target'], environment: ShowEnvironment): Promise<Snapshot> {
  const program = await attachTo(target, environment);
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

function text(name: 'ps' | 'pstree', snapshot: Snapshot): string {
  const grouping = name === 'ps' ? 'age' : 'awaits';
  const options = { filter: '', internals: false, maxRows: MAX_ROWS, hasNoFilter: true };
  return treeText(taskRows(snapshot, { ...options, grouping }));
}

const WITHDRAW_LIMIT_MS = 3000;
const ANSWER_LIMIT_MS = 5000;
const SETTLE_LIMIT_MS = 2000;
const LATE_LOOK_MS = 1000;
const MAX_ROWS = 1000;
