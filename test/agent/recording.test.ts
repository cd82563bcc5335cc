import assert from 'node:assert/strict';
import { compareRecording } from '../recording/recordingTruth.js';
import { nodesUnderTest } from '../support/nodeVersions.js';

/** The others are compared by scripts/recordings.ts. */
const COMPARED = [18, 24];

describe('The flight recorder', () => {
  for (const { major, path } of nodesUnderTest().filter((node) => COMPARED.includes(node.major))) {
    it(`tells when each call ran and awaited as the calls do themselves, on Node ${major}`, async () => {
      const { calls, intervals } = await compareRecording(path, 7);
      assert.ok(calls > 20 && intervals > 100, `${calls} calls, ${intervals} intervals`);
    });
  }
});
