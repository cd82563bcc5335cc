import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { t } from '../base/texts.js';
import { UserError } from '../base/userError.js';
import { chromeTrace } from '../recording/chromeTrace.js';
import { perfettoTrace } from '../recording/perfettoTrace.js';
import { readRecording, type RecordingFile, writeRecording } from '../recording/recordingFile.js';
import { OptionError } from './command.js';

/**
 * Writes a recording in the format that the file's name asks for: `.json` for Chrome's Performance panel, `.pftrace` for
 * Perfetto, else our own. Throws an OptionError where it cannot be written.
 */
export function writeRecordingTo(path: string, file: RecordingFile): void {
  try {
    writeFileSync(path, bytesFor(path, file));
  } catch (error) {
    throw new OptionError(
      t('{0} cannot be written ({1}). Give another file.', path, (error as Error).message),
    );
  }
}

/** Throws a UserError. */
export function readRecordingFrom(path: string): RecordingFile {
  let bytes: Uint8Array;
  try {
    if (statSync(path).size > MAX_BYTES) throw new UserError(t('{0} is too large for a recording.', path));
    bytes = readFileSync(path);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(t('{0} cannot be read ({1}).', path, (error as Error).message));
  }
  return readRecording(bytes);
}

function bytesFor(path: string, file: RecordingFile): Uint8Array | string {
  if (path.endsWith('.json')) return chromeTrace(file.recordings);
  if (path.endsWith('.pftrace')) return perfettoTrace(file.recordings);
  return writeRecording(file);
}

const MAX_BYTES = 1_000_000_000;
