import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '../../scripts/cacheFolder.js';
import { textsOfCode } from '../../scripts/texts.js';

type Texts = Record<string, string>;

const BUNDLES = readdirSync(join(PROJECT, 'l10n'));

describe('Translations', () => {
  for (const file of BUNDLES) {
    const bundle = read(join('l10n', file));

    it(`of ${file} hold no text that the code has not`, () => {
      const known = new Set(textsOfCode());
      assert.deepEqual(
        Object.keys(bundle).filter((text) => !known.has(text)),
        [],
      );
    });

    it(`of ${file} have the placeholders of the English texts`, () => {
      for (const [text, translated] of Object.entries(bundle))
        assert.deepEqual(placeholders(translated), placeholders(text), text);
    });
  }
});

function placeholders(text: string): string[] {
  return [...new Set(text.match(/\{\d+\}/g))].sort();
}

function read(path: string): Texts {
  return JSON.parse(readFileSync(join(PROJECT, path), 'utf8')) as Texts;
}
