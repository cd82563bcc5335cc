import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { forEachNode } from '../support/nodeVersions.js';
import { BLIND_SPOTS } from './oracle/blindSpots.js';
import type { Report } from './oracle/report.js';
import { runOracle } from './oracle/run.js';

/** Programs for each version of Node; `ORACLE_SEEDS` sets another number. */
const SEEDS = Number(process.env['ORACLE_SEEDS'] ?? (process.env['CI'] === undefined ? 100 : 200));
const PARTIAL_SEEDS = 50;

function assertNothingWrong(report: Report): void {
  assert.deepEqual(report.texts, [], report.summary);
  assert.equal(report.wrongLinks, 0, report.summary);
  assert.equal(report.wrongSites, 0, report.summary);
  assert.equal(report.wrongCallers, 0, report.summary);
}

describe('The await graph of random programs', function () {
  this.timeout(Math.max(120_000, SEEDS * 1_000));

  forEachNode((node) => {
    it(`agrees with what ${SEEDS} programs know of themselves`, async () => {
      const report = await runOracle({ node: node.path, first: 1, seeds: SEEDS });
      assertNothingWrong(report);
      assert.equal(report.unexplained, 0, report.summary);
      assert.ok(report.moments > SEEDS * 8, report.summary);
      assert.ok(report.tasks > SEEDS * 100, report.summary);
      assert.ok(report.callers > SEEDS * 20, report.summary);
    });

    for (const budget of [0.02, 0.1]) {
      it(`knows less but nothing wrong with ${budget * 100} % of the time for stacks`, async () => {
        const options = { node: node.path, first: 1, seeds: PARTIAL_SEEDS, budget };
        assertNothingWrong(await runOracle(options));
      });
    }

    it('knows nothing wrong, whatever stacks are missing', async () => {
      const options = { node: node.path, first: 1, seeds: PARTIAL_SEEDS, budget: 'random' } as const;
      assertNothingWrong(await runOracle(options));
    });

    it('knows as much where whole stacks are dear', async () => {
      const options = { node: node.path, first: 1, seeds: PARTIAL_SEEDS, hasDebugger: true };
      const report = await runOracle(options);
      assertNothingWrong(report);
      assert.equal(report.unexplained, 0, report.summary);
    });

    it('knows nothing wrong of what began before it came', async () => {
      assertNothingWrong(await runOracle({ node: node.path, first: 1, seeds: PARTIAL_SEEDS, late: true }));
    });
  });

  it('shows every blind spot in the zoo', () => {
    for (const { zoo } of Object.values(BLIND_SPOTS))
      assert.ok(existsSync(path.resolve('test/agent/zoo', zoo)), `${zoo} is missing`);
  });
});
