import { setTimeout as delay } from 'node:timers/promises';
import { t } from '../base/texts.js';
import { UserError } from '../base/userError.js';
import { counted } from '../model/numbers.js';
import { systemClock } from '../session/systemClock.js';
import type { Target } from './arguments.js';
import { attachTo } from './attachTo.js';
import { RecordedProgram } from './recordedProgram.js';
import { readRecordingFrom, writeRecordingTo } from './recordingOutput.js';
import type { CliEnvironment } from './command.js';

export interface RecordAsked {
  target: Target;
  seconds: number;
  out: string;
}

export interface ConvertAsked {
  /** A recording. */
  from: string;
  /** What is written, in the format that its name asks for. */
  to: string;
}

/** Records what the tasks of a running program do, for some seconds, and writes that to a file. Rejects with a UserError. */
export async function record(asked: RecordAsked, environment: CliEnvironment): Promise<void> {
  const { seconds, out } = asked;
  const program = await attachTo(asked.target, environment, { recordingSeconds: Math.max(1, seconds) });
  try {
    const recorded = new RecordedProgram(program);
    await Promise.race([program.start(), delay(ANSWER_LIMIT_MS, undefined, { ref: false })]);
    await delay(seconds * 1_000);
    await program.whenSettled(SETTLE_LIMIT_MS);
    await recorded.take();
    recorded.dispose();
    // places of the last rows came with the poll after them
    await program.whenSettled(SETTLE_LIMIT_MS);
    const recordings = program.recordings();
    const events = recordings.reduce((sum, { log }) => sum + log.length, 0);
    if (events === 0)
      throw new UserError(t('Nothing was recorded: the program did not answer, or did nothing.'));
    writeRecordingTo(out, {
      madeAt: systemClock.isoNow(),
      madeBy: environment.version,
      recordings,
      snapshot: program.snapshot(),
    });
    environment.say(t('{0} recorded: {1}', counted(events, 'event'), out));
    await Promise.race([program.withdraw(), delay(SETTLE_LIMIT_MS, undefined, { ref: false })]);
  } finally {
    program.dispose();
  }
}

/** Writes a recording in another format. Throws a UserError. */
export function convert({ from, to }: ConvertAsked): void {
  writeRecordingTo(to, readRecordingFrom(from));
}

const ANSWER_LIMIT_MS = 5000;
const SETTLE_LIMIT_MS = 2000;
