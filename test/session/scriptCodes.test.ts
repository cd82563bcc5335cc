import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ScriptCodes } from '../../src/session/scriptCodes.js';

describe('ScriptCodes', () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'texts-'))));
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('has the code once it was asked for, by path or URL', async () => {
    const file = join(folder, 'a.js');
    writeFileSync(file, 'parse()');
    let reads = 0;
    const codes = new ScriptCodes(() => reads++);
    const url = pathToFileURL(file).href;
    assert.equal(codes.get(file), undefined);
    assert.equal(codes.get(url), undefined);
    await codes.whenRead();
    assert.deepEqual(codes.get(file)?.callsOn(1), ['parse']);
    assert.deepEqual(codes.get(url)?.callsOn(1), ['parse']);
    assert.equal(reads, 2);
  });

  it('says nothing of what is no file, or is not there', async () => {
    const codes = new ScriptCodes(() => assert.fail());
    for (const url of ['', 'node:fs', 'evalmachine.<anonymous>', join(folder, 'none.js')]) codes.get(url);
    await codes.whenRead();
    assert.equal(codes.get(join(folder, 'none.js')), undefined);
  });

  it('keeps the latest only', async () => {
    const codes = new ScriptCodes(() => {});
    const file = (number: number): string => join(folder, `${number}.js`);
    const last = 60;
    for (let number = 0; number <= last; number++) {
      writeFileSync(file(number), 'a()');
      codes.get(file(number));
    }
    await codes.whenRead();
    assert.ok(codes.get(file(last)));
    assert.equal(codes.get(file(0)), undefined);
  });

  it('says nothing of what is compiled, too large, or no JavaScript', async () => {
    const codes = new ScriptCodes(() => assert.fail());
    const files = [
      ['a.ts', 'a();'],
      ['b.js', 'const a: number = 1;'],
      ['c.js', `a();${' '.repeat(2 * 1024 * 1024)}`],
    ].map(([name = '', text = '']) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    });
    for (const file of files) codes.get(file);
    await codes.whenRead();
    for (const file of files) assert.equal(codes.get(file), undefined);
  });
});
