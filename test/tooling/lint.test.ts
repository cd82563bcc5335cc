import assert from 'node:assert/strict';
import { join } from 'node:path';
import { ESLint } from 'eslint';
import { PROJECT } from '../../scripts/cacheFolder.js';

describe('Lint', function () {
  this.timeout(240_000);
  const eslint = new ESLint({ cwd: PROJECT });

  const rulesBroken = async (path: string, code: string): Promise<(string | null)[]> => {
    const [result] = await eslint.lintText(code, { filePath: join(PROJECT, path) });
    return result?.messages.map(({ ruleId }) => ruleId) ?? [];
  };

  it('forbids imports against the layer table', async () => {
    const path = 'src/model/numbers.ts';
    assert.deepEqual(await rulesBroken(path, "import 'vscode';\n"), ['layers/imports']);
    assert.deepEqual(await rulesBroken(path, "export * from '../session/filePath.js';\n"), [
      'layers/imports',
    ]);
    assert.deepEqual(await rulesBroken(path, "export * from '../base/emitter.js';\n"), []);
  });

  it('forbids clocks in the model', async () => {
    const code = 'export const nowMs = Date.now();\n';
    assert.deepEqual(await rulesBroken('src/model/numbers.ts', code), ['no-restricted-globals']);
    assert.deepEqual(await rulesBroken('src/session/systemClock.ts', code), []);
  });
});
