import { join } from 'node:path';
import Mocha from 'mocha';
import CountingReporter from '../../scripts/mochaReporter.js';

/** Put in by the build, so that a file of an earlier one is not taken for a test. */
declare const __TEST_FILES__: string[];

/** The extension host calls it; it rejects when a test fails. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ reporter: CountingReporter, timeout: 180_000, forbidOnly: true });
  for (const file of __TEST_FILES__) mocha.addFile(join(__dirname, file));
  const failures = await new Promise<number>((done) => mocha.run(done));
  if (failures > 0) throw new Error(`${failures} tests failed`);
}
