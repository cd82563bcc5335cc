import { plainJson } from '../model/plainJson.js';
import { taskRows, treeText } from '../model/presenter/index.js';
import type { Snapshot } from '../protocol/snapshot.js';
import { systemClock } from '../session/systemClock.js';
import type { Command } from './arguments.js';
import type { ShowEnvironment } from './show.js';
import { lookDeep, lookLightly } from './xrayLook.js';

/** Prints what a running program waits for, which has loaded nothing of ours. Rejects with a UserError. */
export async function xray(command: XrayCommand, environment: ShowEnvironment): Promise<void> {
  const process = command.deep
    ? (await lookDeep(command, environment)).snapshot
    : await lookLightly(command.target, environment);
  const result: Snapshot = { version: 1, takenAt: systemClock.isoNow(), processes: [process] };
  environment.print(command.json ? plainJson(result, 2) : text(result));
}

type XrayCommand = Extract<Command, { name: 'xray' }>;

function text(snapshot: Snapshot): string {
  const options = { filter: '', internals: false, maxRows: MAX_ROWS, hasNoFilter: true };
  return treeText(taskRows(snapshot, { ...options, grouping: 'awaits' }));
}

const MAX_ROWS = 1000;
