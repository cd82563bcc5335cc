import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Mocha, { type Suite } from 'mocha';
import CountingReporter from '../../scripts/mochaReporter.js';
import type { Counts } from '../../scripts/counts.js';

describe('The reporter of the tests', () => {
  let folder: string;

  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'nad-reporter-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('counts what passes and what fails', async () => {
    const { counts, output } = await report(folder, (suite) => {
      suite.addTest(new Mocha.Test('goes well', () => undefined));
      suite.addTest(new Mocha.Test('goes wrong', () => assert.fail('for a reason')));
    });
    assert.equal(counts.passed, 1);
    assert.equal(counts.failures.length, 1);
    assert.match(counts.failures[0] ?? '', /^goes wrong\n.*for a reason/);
    assert.match(output, /✓ goes well/);
    assert.match(output, /✗ goes wrong\n.*for a reason/);
  });

  it('counts a skipped test as failed', async () => {
    const { counts } = await report(folder, (suite) => suite.addTest(new Mocha.Test('is skipped')));
    assert.deepEqual(counts, { passed: 0, failures: ['is skipped\nskipped, which counts as failed'] });
  });

  it('counts a hook that fails', async () => {
    const { counts } = await report(folder, (suite) => {
      suite.beforeAll(() => assert.fail('no ground to stand on'));
      suite.addTest(new Mocha.Test('never runs', () => undefined));
    });
    assert.equal(counts.passed, 0);
    assert.match(counts.failures.join(), /^"before all" hook.*\n.*no ground to stand on/);
  });
});

/** Runs a suite of its own with the reporter and reads what it has left. */
async function report(
  folder: string,
  declare: (suite: Suite) => void,
): Promise<{ counts: Counts; output: string }> {
  const mocha = new Mocha({ reporter: CountingReporter });
  declare(mocha.suite);
  const [counts, output] = [join(folder, 'counts.json'), join(folder, 'output.txt')];
  const outer = { ...process.env };
  Object.assign(process.env, { COUNTS_FILE: counts, OUTPUT_FILE: output });
  try {
    await new Promise((done) => mocha.run(done));
  } finally {
    process.env = outer;
  }
  return { counts: JSON.parse(readFileSync(counts, 'utf8')) as Counts, output: readFileSync(output, 'utf8') };
}
