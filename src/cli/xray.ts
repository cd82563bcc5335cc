import { UserError } from '../base/userError.js';
import { plainJson } from '../model/plainJson.js';
import { taskRows, treeText } from '../model/presenter/index.js';
import type { Snapshot } from '../protocol/snapshot.js';
import { systemClock } from '../session/systemClock.js';
import type { Command } from './arguments.js';
import type { ShowEnvironment } from './show.js';
import { lookDeep } from './xrayLook.js';

/** Prints what a running program waits for, which has loaded nothing of ours. Rejects with a UserError. */
export async function xray(command: XrayCommand, environment: ShowEnvironment): Promise<void> {
  if (!command.deep) throw new UserError('Not yet: give --deep.');
  const { snapshot } = await lookDeep(command, environment);
  const result: Snapshot = {
    version: 1,
    takenAt: systemClock.isoNow(),
    processes: [snapshot.process()],
  };
  environment.print(command.json ? plainJson(result, 2) : text(result));
}

type XrayCommand = Extract<Command, { name: 'xray' }>;

function text(snapshot: Snapshot): string {
  const options = { filter: '', internals: false, maxRows: MAX_ROWS, hasNoFilter: true };
  return treeText(taskRows(snapshot, { ...options, grouping: 'awaits' }));
}

const MAX_ROWS = 1000;
