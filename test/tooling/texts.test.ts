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

    it(`of ${file} are those of the code: none is missing, and none is left over`, () => {
      assert.deepEqual(Object.keys(bundle).sort(), textsOfCode());
      assert.deepEqual(untranslated(bundle), []);
    });

    it(`of ${file} have the placeholders of the English texts`, () => {
      for (const [text, translated] of Object.entries(bundle))
        assert.deepEqual(placeholders(translated), placeholders(text), text);
    });
  }
});

describe('Translations of the manifest', () => {
  for (const file of readdirSync(PROJECT).filter((name) => /^package\.nls\..+\.json$/.test(name))) {
    const english = read('package.nls.json');
    const texts = read(file);

    it(`in ${file} are whole, and lead to the same commands and settings`, () => {
      assert.deepEqual(Object.keys(texts).sort(), Object.keys(english).sort());
      const links = (text = ''): string[] => (text.match(/\]\([^)]+\)|`[^`]+`/g) ?? []).sort();
      for (const [key, text] of Object.entries(english))
        assert.deepEqual(links(texts[key]), links(text), key);
    });
  }
});

/** Texts that are the same in the language though they are words, and not what code is called. */
function untranslated(bundle: Texts): string[] {
  const isCode = (text: string): boolean => /^(?:[a-z]+(?:[.A-Z]\w*)+|fetch|WebSocket)$/.test(text);
  return Object.entries(bundle).flatMap(([text, translated]) =>
    text === translated && !isCode(text) ? [text] : [],
  );
}

function placeholders(text: string): string[] {
  return [...new Set(text.match(/\{\d+\}/g))].sort();
}

function read(path: string): Texts {
  return JSON.parse(readFileSync(join(PROJECT, path), 'utf8')) as Texts;
}
