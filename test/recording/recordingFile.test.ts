import assert from 'node:assert/strict';
import { UserError } from '../../src/base/userError.js';
import { readRecording, writeRecording } from '../../src/recording/recordingFile.js';
import { randomNumbers } from '../support/randomNumbers.js';
import { ONE_AWAIT, recordingFrom } from './builtRecording.js';

const recording = recordingFrom(ONE_AWAIT, {
  blocks: [
    { startedMs: 120, durationMs: 30, cause: 'javascript', site: { file: '/app/a.js', line: 1, column: 2 } },
  ],
  names: new Map([[5, 'checkout']]),
  outcomes: new Map([[5, 'rejected']]),
});
const file = { madeAt: '2026-12-01T00:00:00.000Z', madeBy: '1.2.3', recordings: [recording] };

/** What a person is told of these bytes. */
function problem(bytes: Uint8Array): string {
  try {
    readRecording(bytes);
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  return 'fine';
}

describe('recordingFile', () => {
  it('reads what was written', () => {
    const read = readRecording(writeRecording(file));
    assert.equal(read.madeAt, file.madeAt);
    const [first] = read.recordings;
    assert.ok(first);
    const { log, ...rest } = first;
    const { log: written, ...expected } = recording;
    assert.deepEqual(rest, expected);
    assert.deepEqual(log.slice(0), written.slice(0));
  });

  it('says in one sentence what is wrong with a file', () => {
    const bytes = writeRecording(file);
    assert.match(problem(new Uint8Array()), /^This is no recording/);
    assert.match(problem(new TextEncoder().encode('{"traceEvents":[]}')), /^This is no recording/);
    const newer = bytes.slice();
    newer[8] = 9;
    assert.match(problem(newer), /version 9/);
    for (let end = 16; end < bytes.length; end += 7)
      assert.match(problem(bytes.subarray(0, end)), /cut off|damaged/);
    assert.match(problem(new Uint8Array([...bytes, 0])), /damaged/);
    const huge = bytes.slice();
    new DataView(huge.buffer).setUint32(12, 0xffff_ffff, true);
    assert.match(problem(huge), /cut off/);
  });

  it('is not confused by any damage', () => {
    const bytes = writeRecording(file);
    const random = randomNumbers(1);
    for (let round = 0; round < 500; round++) {
      const damaged = bytes.slice();
      for (let count = 0; count < 3; count++) damaged[random(damaged.length)] = random(256);
      problem(damaged);
    }
  });
});
