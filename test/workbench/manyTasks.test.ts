import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT } from '../../scripts/cacheFolder.js';
import { Workbench } from '../../scripts/vscodeHost/workbench.js';
import { until } from '../support/until.js';
import { screenshotOfFailure } from './support/screenshotOfFailure.js';

const PROGRAM = join(PROJECT, 'test', 'vscode', 'programs', 'manyPromises.js');
/** Some may get no record, but far more than one step looks at do. */
const MADE = 100_000;
const ONE_STEP = 5_000;

describe('A view of very many tasks', function () {
  this.timeout(300_000);
  let folder: string;
  let workbench: Workbench;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'nad-'));
    const run = {
      name: 'Many',
      type: 'node',
      request: 'launch',
      program: PROGRAM,
      args: [`${MADE}`],
    };
    mkdirSync(join(folder, '.vscode'));
    writeFileSync(join(folder, '.vscode', 'launch.json'), JSON.stringify({ configurations: [run] }));
    const settings = { 'asyncDebugger.sites.budget': 100 };
    workbench = await Workbench.open({ folder, extension: PROJECT }, { settings });
    await workbench.openRunAndDebug();
  });

  afterEach(async function () {
    await screenshotOfFailure(this.currentTest, workbench);
  });

  after(async () => {
    await workbench.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  it('finds with a filter more than one step looks at', async () => {
    await workbench.startDebugging();
    await workbench.showOnly('Async Tasks');
    const rows = await workbench.rows('Async Tasks');
    const waiting = rows.filter({ hasText: 'waitAtGate' }).first();
    const areMany = async (): Promise<true | undefined> =>
      countIn((await waiting.textContent()) ?? '') > ONE_STEP || undefined;
    await until('very many are shown', areMany);
    await filter('no such text');
    await waiting.waitFor({ state: 'hidden' });
    await filter('-"no such text"');
    await until('very many are found', areMany);
    await rows.filter({ hasText: 'Looking through the tasks' }).waitFor({ state: 'hidden' });
    await workbench.stopDebugging();
  });

  async function filter(text: string): Promise<void> {
    const { page } = workbench;
    const box = page.locator('.quick-input-widget');
    await workbench.ask(async () => {
      await page.keyboard.press('Escape');
      await page.keyboard.press('F1');
      await box.locator('input').fill('>Async Debugger: Filter Tasks', { timeout: 2_000 });
      await box.locator('.monaco-list-row', { hasText: 'Filter Tasks' }).first().click({ timeout: 2_000 });
      await box.getByText('a minus before one excludes it').waitFor({ timeout: 2_000 });
    }, text);
    await page.keyboard.press('Enter');
    await box.waitFor({ state: 'hidden' });
  }
});

/** `waitAtGate ×91,204 · oldest 3.0 s`. */
function countIn(text: string): number {
  return Number(/×([\d,]+)/.exec(text)?.[1]?.replaceAll(',', '') ?? 0);
}
