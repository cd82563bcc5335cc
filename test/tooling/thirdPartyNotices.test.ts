import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as Notices from '../../scripts/thirdPartyNotices.mjs' with { 'resolution-mode': 'import' };
import { PROJECT } from '../../scripts/cacheFolder.js';

/** Licences that ask for no more than to be named. */
const PERMISSIVE = /^(MIT|ISC|BSD-[23]-Clause|Apache-2\.0|0BSD)$/;

describe('Third party notices', () => {
  let notices: typeof Notices;
  let inputs: Record<string, unknown>;
  before(async () => {
    notices = await import('../../scripts/thirdPartyNotices.mjs');
    const meta = readFileSync(join(PROJECT, 'dist', 'meta.json'), 'utf8');
    ({ inputs } = JSON.parse(meta) as { inputs: Record<string, unknown> });
  });

  it('hold name, version and licence of every package of which something is bundled', () => {
    const text = readFileSync(join(PROJECT, 'dist', 'THIRD-PARTY-NOTICES.txt'), 'utf8');
    const packages = notices.bundledPackages(inputs, PROJECT);
    assert.ok(packages.some(({ name }) => name === 'ws'));
    for (const { name, version, license, text: licenseText } of packages) {
      assert.ok(text.includes(`${name} ${version} (${license})`), name);
      assert.ok(text.includes(licenseText), `${name}: its licence`);
      assert.match(licenseText, /copyright/i, name);
      assert.match(license, PERMISSIVE, name);
    }
    const files = Object.keys(inputs).filter((file) => file.includes('node_modules/'));
    for (const file of files)
      assert.ok(
        packages.some(({ name }) => file.includes(`node_modules/${name}/`)),
        file,
      );
  });

  it('cannot be made of a package that has no licence to go with it', () => {
    const project = mkdtempSync(join(tmpdir(), 'notices-'));
    const folder = join(project, 'node_modules', 'bare');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{"name":"bare","version":"1.0.0","license":"MIT"}');
    const bundle = { 'node_modules/bare/index.js': {} };
    assert.throws(() => notices.bundledPackages(bundle, project), /bare is bundled and has no licence/);
    writeFileSync(join(folder, 'LICENSE.md'), 'Copyright');
    assert.equal(notices.bundledPackages(bundle, project)[0]?.text, 'Copyright');
    rmSync(project, { recursive: true });
  });
});
