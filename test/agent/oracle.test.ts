import assert from 'node:assert/strict';
import { builtAgent } from '../support/builtAgent.js';
import { forEachNode } from '../support/nodeVersions.js';
import { runOracle } from './oracle/run.js';

/** Programs for each version of Node; `ORACLE_SEEDS` sets another number. */
const SEEDS = Number(process.env['ORACLE_SEEDS'] ?? (process.env['CI'] === undefined ? 100 : 1_000));
const PER_PROCESS = 50;

describe('The await graph of random programs', function () {
  this.timeout(Math.max(120_000, SEEDS * 1_000));

  forEachNode((node) => {
    it(`agrees with what ${SEEDS} programs know of themselves`, async () => {
      let moments = 0;
      for (let first = 1; first <= SEEDS; first += PER_PROCESS) {
        const count = Math.min(PER_PROCESS, SEEDS - first + 1);
        const result = await runOracle(node.path, builtAgent(), first, count);
        assert.deepEqual(result.differences, []);
        moments += result.moments;
      }
      assert.ok(moments > SEEDS * 8, `${moments} moments were compared`);
    });

    for (const budget of [0.02, 0.1]) {
      it(`knows less but nothing wrong with ${budget * 100} % of the time for stacks`, async () => {
        const result = await runOracle(node.path, builtAgent(), 1, PER_PROCESS, budget);
        assert.deepEqual(result.differences, []);
      });
    }
  });
});
