import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SourceTexts } from '../../src/session/sourceTexts.js';

describe('SourceTexts', () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'texts-'))));
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('has a text once it was asked for, by path or URL', async () => {
    const file = join(folder, 'a.js');
    writeFileSync(file, 'parse()');
    let reads = 0;
    const texts = new SourceTexts(() => reads++);
    const url = pathToFileURL(file).href;
    assert.equal(texts.get(file), undefined);
    assert.equal(texts.get(url), undefined);
    await texts.whenRead();
    assert.equal(texts.get(file), 'parse()');
    assert.equal(texts.get(url), 'parse()');
    assert.equal(reads, 2);
  });

  it('says nothing of what is no file, or is not there', async () => {
    const texts = new SourceTexts(() => assert.fail());
    for (const url of ['', 'node:fs', 'evalmachine.<anonymous>', join(folder, 'none.js')]) texts.get(url);
    await texts.whenRead();
    assert.equal(texts.get(join(folder, 'none.js')), undefined);
  });

  it('keeps the latest only', async () => {
    const texts = new SourceTexts(() => {});
    const file = (number: number): string => join(folder, `${number}.js`);
    for (let number = 0; number < 60; number++) {
      writeFileSync(file(number), String(number));
      texts.get(file(number));
    }
    await texts.whenRead();
    assert.equal(texts.get(file(59)), '59');
    assert.equal(texts.get(file(0)), undefined);
  });
});
