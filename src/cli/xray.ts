import { plainJson } from '../model/plainJson.js';
import { taskRows, treeText } from '../model/presenter/index.js';
import type { Snapshot } from '../protocol/snapshot.js';
import { systemClock } from '../session/systemClock.js';
import type { Target } from './arguments.js';
import type { CliEnvironment } from './command.js';
import { variableLines } from './variableLines.js';
import { deepLook, lightLook } from './xrayLook.js';

export interface XrayAsked {
  deep: boolean;
  locals: boolean;
  /** The cost is accepted, whatever it is. */
  yes: boolean;
  json: boolean;
  target: Target;
}

/** Prints what a running program waits for, which has loaded nothing of ours. Rejects with a UserError. */
export async function xray(asked: XrayAsked, environment: CliEnvironment): Promise<void> {
  const deep = asked.deep ? await deepLook(asked, environment) : undefined;
  const process = deep?.process ?? (await lightLook(asked.target, environment));
  const result: Snapshot = { version: 1, takenAt: systemClock.isoNow(), processes: [process] };
  environment.print(asked.json ? plainJson(result, 2) : text(result));
  // never in the JSON, which is kept and sent
  if (deep && asked.locals && !asked.json) environment.print(variableLines(deep.xray, deep.texts).join('\n'));
}

function text(snapshot: Snapshot): string {
  const options = { filter: '', internals: false, maxRows: MAX_ROWS, hasNoFilter: true };
  return treeText(taskRows(snapshot, { ...options, grouping: 'awaits' }));
}

const MAX_ROWS = 1000;
