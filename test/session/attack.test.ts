import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { damage } from '../../scripts/attack/attack.js';
import { files } from '../../scripts/attack/files.js';
import { messages } from '../../scripts/attack/messages.js';
import { texts } from '../../scripts/attack/texts.js';

const LIMIT_MS = 60_000;

describe('A program that means harm', function () {
  this.timeout(2 * LIMIT_MS);
  const folder = mkdtempSync(join(tmpdir(), 'attack-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const attack of [...texts, ...files(folder), ...messages]) {
    it(`does none by ${attack.name}`, async () => {
      assert.equal(await damage(attack, LIMIT_MS), undefined);
    });
  }
});
