import { appendFileSync, writeFileSync } from 'node:fs';
import Mocha, { type MochaOptions, type Runner, type Suite, type Test } from 'mocha';
import type { Counts } from './counts.js';

const { EVENT_RUN_END, EVENT_SUITE_BEGIN, EVENT_TEST_FAIL, EVENT_TEST_PASS, EVENT_TEST_PENDING } =
  Mocha.Runner.constants;

/**
 * Prints a line a test, to the file OUTPUT_FILE where there is no terminal, and leaves the counts in COUNTS_FILE:
 * a run that died leaves none, whatever its exit code says.
 */
class CountingReporter extends Mocha.reporters.Base {
  private readonly counts: Counts = { passed: 0, failures: [] };
  private depth = 0;

  constructor(runner: Runner, options: MochaOptions) {
    super(runner, options);
    runner.on(EVENT_SUITE_BEGIN, (suite) => this.title(suite));
    runner.on('suite end', () => this.depth--);
    runner.on(EVENT_TEST_PASS, (test) => {
      this.counts.passed++;
      this.line(`✓ ${test.title}${slow(test)}`);
    });
    runner.on(EVENT_TEST_PENDING, (test) => this.failed(test, 'skipped, which counts as failed'));
    runner.on(EVENT_TEST_FAIL, (test, error: unknown) => this.failed(test, text(error)));
    runner.once(EVENT_RUN_END, () => {
      const file = process.env['COUNTS_FILE'];
      if (file !== undefined) writeFileSync(file, JSON.stringify(this.counts));
    });
  }

  private title(suite: Suite): void {
    if (!suite.root) this.line(suite.title);
    this.depth++;
  }

  private failed(test: Test, why: string): void {
    this.counts.failures.push(`${test.fullTitle()}\n${why}`);
    this.line(`✗ ${test.title}`);
    for (const line of why.split('\n')) this.line(`    ${line}`);
  }

  private line(line: string): void {
    const indented = `${'  '.repeat(this.depth)}${line}\n`;
    const file = process.env['OUTPUT_FILE'];
    if (file === undefined) process.stdout.write(indented);
    else appendFileSync(file, indented);
  }
}

function slow({ duration = 0 }: Test): string {
  return duration >= 500 ? ` (${(duration / 1000).toFixed(1)} s)` : '';
}

function text(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

export = CountingReporter;
