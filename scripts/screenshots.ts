// npm run screenshots: the pictures of the README and of the walkthrough, taken from the running product.
// npm run screenshots -- walkthrough: only these, and `-- readme`: only those.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from './cacheFolder.js';
import { build } from './programs.js';
import { takeWalkthroughPictures } from './walkthroughPictures.js';
import { Workbench } from './vscodeHost/workbench.js';

const SAMPLE = join(PROJECT, 'examples');
const OUT = join(PROJECT, 'media', 'screenshots');
const SIZE = { width: 1200, height: 640 };
const SIDE_BAR_WIDTH = 560;
/** A program is busy while it starts. */
const SETTLE_MS = 3_000;

/** What of VS Code is not ours is left out of the pictures. */
const PLAIN = {
  'breadcrumbs.enabled': false,
  'debug.internalConsoleOptions': 'neverOpen',
  'debug.toolBarLocation': 'commandCenter',
  'editor.minimap.enabled': false,
  'workbench.layoutControl.enabled': false,
};

async function main(): Promise<void> {
  await build();
  if (!process.argv.includes('readme'))
    await takeWalkthroughPictures({ ...PLAIN, 'workbench.colorTheme': 'Default Dark Modern' });
  if (process.argv.includes('walkthrough')) return;
  mkdirSync(OUT, { recursive: true });
  await takeAll('Default Dark Modern', (name) => `${name}.png`);
  await takeAll('Default Light Modern', (name) => (name === 'running' ? 'light.png' : `light-${name}.png`));
}

async function takeAll(colorTheme: string, fileName: (name: string) => string): Promise<void> {
  const settings = { ...PLAIN, 'workbench.colorTheme': colorTheme };
  const workbench = await Workbench.open({ folder: SAMPLE, extension: PROJECT }, { settings });
  const { page } = workbench;
  const take = async (name: string): Promise<void> => {
    const path = join(OUT, fileName(name));
    await page.mouse.move(SIZE.width - 1, SIZE.height / 2);
    await page.locator('.workbench-hover').waitFor({ state: 'hidden' });
    await page.screenshot({ path });
    process.stdout.write(`${path}\n`);
  };
  try {
    await page.setViewportSize(SIZE);
    await workbench.openRunAndDebug();
    await workbench.widenSideBar(SIDE_BAR_WIDTH);
    await workbench.openFile('checkout.ts', 6);

    await workbench.startConfiguration('Shop');
    await workbench.showOnly('Async Tasks');
    const tasks = await workbench.rows('Async Tasks');
    await tasks.filter({ hasText: 'checkout.ts:6' }).first().waitFor();
    await page.waitForTimeout(SETTLE_MS);
    await tasks.filter({ hasText: 'checkout.ts:6' }).first().waitFor();
    await tasks
      .filter({ hasText: /shop\.js.*loop \d/ })
      .first()
      .waitFor();
    await take('running');

    await workbench.openFile('checkout.ts', 11);
    await workbench.toggleBreakpoint();
    await tasks.filter({ hasText: 'paused' }).first().waitFor();
    await take('paused');
    await workbench.toggleBreakpoint();
    await workbench.command('Debug: Continue');

    await workbench.showOnly('Async Warnings');
    const warnings = await workbench.rows('Async Warnings');
    const problems = await workbench.problems();
    await workbench.openFile('report.ts', 20);
    const report = warnings.filter({ hasText: 'parseReport' }).first();
    await report.waitFor();
    await report.locator('.monaco-tl-twistie').click();
    await warnings.nth(1).waitFor();
    await problems.filter({ hasText: 'Blocked' }).first().waitFor();
    await take('warnings');
    await workbench.stopDebugging();
    await workbench.command('View: Toggle Panel Visibility');
    await workbench.command('Async Debugger: Clear Warnings');

    await workbench.openFile('stuck.ts', 10);
    await workbench.startConfiguration('Stuck program');
    await workbench.showOnly('Async Tasks');
    await workbench.status(/blocked [3-9]\.\d s/i).waitFor();
    await tasks.filter({ hasText: 'stuck.js' }).first().click(); // shows the buttons of the row
    await take('blocked');
    await workbench.stopDebugging();
  } finally {
    await workbench.close();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
