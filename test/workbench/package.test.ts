import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PackageManager, listFiles } from '@vscode/vsce';
import { PROJECT } from '../../scripts/cacheFolder.js';
import { packageExtension } from '../../scripts/packageExtension.js';
import { type ServerOptions, installExtension } from '../../scripts/vscodeHost/server.js';
import { Workbench } from '../../scripts/vscodeHost/workbench.js';
import { screenshotOfFailure } from './support/screenshotOfFailure.js';

const SAMPLE = join(PROJECT, 'examples');
const LIMIT_BYTES = 500 * 1024;
const ALLOWED =
  /^(package(\.nls(\.[\w-]+)?)?\.json|README(\.[\w-]+)?\.md|CHANGELOG\.md|LICENSE|dist\/(agent|agent\.body|bridge|cli|extension|inspect|inspect\.body|mcp|source|timeline)\.js|dist\/THIRD-PARTY-NOTICES\.txt|media\/(icon\.png|[\w-]+\.svg|sample\/[\w-]+\.js|timeline\/timeline\.css|walkthrough\/[\w-]+\.webp)|l10n\/.*)$/;

describe('The packaged extension', function () {
  this.timeout(300_000);
  let vsix: string;
  let home: string;
  let workbench: Workbench | undefined;

  const open = async (options: ServerOptions): Promise<Workbench> =>
    (workbench = await Workbench.open({ folder: SAMPLE }, { ...options, home }));

  before(async () => {
    home = mkdtempSync(join(tmpdir(), 'nad-'));
    vsix = await packageExtension();
  });

  afterEach(async function () {
    if (workbench === undefined) return;
    await screenshotOfFailure(this.currentTest, workbench);
    await workbench.close();
    workbench = undefined;
  });

  after(() => rmSync(home, { recursive: true, force: true, maxRetries: 5 }));

  it('is small', () => {
    const { size } = statSync(vsix);
    assert.ok(size <= LIMIT_BYTES, `${size} bytes`);
  });

  it('holds what runs and what people read, and nothing else', async () => {
    const files = await listFiles({ cwd: PROJECT, packageManager: PackageManager.None });
    assert.deepEqual(
      files.filter((file) => !ALLOWED.test(file)),
      [],
    );
    const needed = ['package.json', 'README.md', 'LICENSE', 'dist/extension.js', 'dist/agent.js'];
    for (const file of [...needed, 'dist/agent.body.js', 'dist/source.js', 'dist/THIRD-PARTY-NOTICES.txt'])
      assert.ok(files.includes(file), file);
  });

  it('works where it is installed', async () => {
    await installExtension(vsix, home);
    const trusted = await open({});
    await trusted.openRunAndDebug();
    await trusted.startDebugging();
    await trusted.showOnly('Async Tasks');
    const rows = await trusted.rows('Async Tasks');
    await rows.filter({ hasText: '⟶ checkout' }).first().waitFor();
  });

  it('has no part in a folder that is not trusted', async () => {
    const untrusted = await open({
      workspaceTrust: true,
      settings: { 'security.workspace.trust.startupPrompt': 'never' },
    });
    await untrusted.status('Restricted Mode').waitFor();
    await untrusted.command('View: Show Run and Debug');
    await untrusted.page.locator('.debug-viewlet .pane-header').first().waitFor();
    assert.equal(await untrusted.page.locator('.pane-header', { hasText: 'Async Tasks' }).count(), 0);
  });
});
