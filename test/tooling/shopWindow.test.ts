import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '../../scripts/cacheFolder.js';
import { ADDRESS_FILES, projectAddress } from '../../scripts/setAddress.js';

interface Manifest {
  version: string;
  bugs: { url: string };
  homepage: string;
  qna: string;
}

const manifest = JSON.parse(read('package.json')) as Manifest;
const READMES = readdirSync(PROJECT).filter((file) => /^README.*\.md$/.test(file));

describe('The shop window', () => {
  it('names one address of the project, everywhere', () => {
    const address = projectAddress();
    assert.equal(manifest.bugs.url, `${address}/issues`);
    assert.equal(manifest.homepage, `${address}#readme`);
    assert.equal(manifest.qna, `${address}/discussions`);
    const name = address.split('/').at(-1) ?? '';
    for (const file of ADDRESS_FILES) {
      for (const [found] of read(file).matchAll(new RegExp(`https://[\\w./-]+/${name}\\b`, 'g')))
        assert.equal(found, address, file);
    }
  });

  it('has a release in the changelog that is that of the manifest, and which is no finished product', () => {
    const [latest] = read('CHANGELOG.md').matchAll(/^## \[(\d+\.\d+\.\d+)\] - \d{4}-\d{2}-\d{2}$/gm);
    assert.equal(latest?.[1], manifest.version);
    assert.match(manifest.version, /^0\./);
  });

  for (const file of READMES) {
    it(`shows pictures and links in ${file} that are there`, () => {
      const places = [...read(file).matchAll(/\]\((?!https:|#)([^)#]+)/g)].map(([, place = '']) => place);
      assert.ok(places.some((place) => /\.(png|gif)$/.test(place)));
      for (const place of places) assert.ok(existsSync(join(PROJECT, place)), place);
    });
  }
});

function read(path: string): string {
  return readFileSync(join(PROJECT, path), 'utf8');
}
