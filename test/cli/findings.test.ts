import assert from 'node:assert/strict';
import { nodesUnderTest } from '../support/nodeVersions.js';
import { findingPrograms, found } from '../findings/findingPrograms.js';

/** A handful of those that `npm run findings` looks at, hits and near misses. */
const NAMES = [
  'floatingPromise/statement.js',
  'floatingPromise/void.js',
  'unhandledRejection/kills.js',
  'unhandledRejection/handled-later.js',
  'deadlock/lost.js',
  'pendingAtExit/exit-in-flight.js',
];

describe('What is found in small programs', function () {
  this.timeout(60_000);
  for (const { path, major } of nodesUnderTest().filter((node) => node.major === 18 || node.major === 24)) {
    for (const program of findingPrograms(major).filter(({ name }) => NAMES.includes(name))) {
      it(`is what is true of ${program.name} on Node ${major}`, async () => {
        assert.deepEqual(await found(path, program), program.truth);
      });
    }
  }
});
