import assert from 'node:assert/strict';
import { join } from 'node:path';
import { PROJECT } from '../../scripts/cacheFolder.js';
import { Workbench } from '../../scripts/vscodeHost/workbench.js';
import { until } from '../support/until.js';
import { screenshotOfFailure } from './support/screenshotOfFailure.js';

const SAMPLE = join(PROJECT, 'examples');

describe('The workbench', function () {
  this.timeout(90_000);
  let workbench: Workbench;

  before(async () => {
    workbench = await Workbench.open({ folder: SAMPLE, extension: PROJECT });
    await workbench.openRunAndDebug();
  });

  afterEach(async function () {
    await screenshotOfFailure(this.currentTest, workbench);
  });

  after(() => workbench.close());

  it('says in the empty view how to begin', async () => {
    const view = await workbench.view('Async Tasks');
    await view.getByText('Press F5').waitFor();
  });

  it('shows the tasks of the program after F5', async () => {
    await workbench.startDebugging();
    await workbench.showOnly('Async Tasks');
    const rows = await workbench.rows('Async Tasks');
    await rows.filter({ hasText: 'shop.js' }).first().waitFor();
    await rows.filter({ hasText: '⟶ checkout' }).filter({ hasText: 'shop.ts:27' }).first().waitFor();
  });

  it('keeps a row selected while the tree goes on', async () => {
    const rows = await workbench.rows('Async Tasks');
    const newsletter = rows.filter({ hasText: 'subscribeToNewsletter' }).first();
    await newsletter.click();
    await workbench.page.locator('.tab.active', { hasText: 'newsletter.ts' }).waitFor();
    const age = await newsletter.textContent();
    await until('its age grows', async () => (await newsletter.textContent()) !== age || undefined);
    assert.equal(await newsletter.getAttribute('aria-selected'), 'true');
  });

  it('names tasks in the status bar', async () => {
    await workbench
      .status(/\d+ tasks?/)
      .first()
      .waitFor();
  });

  it('lists the line that blocks in Problems and in Async Warnings', async () => {
    const problems = await workbench.problems();
    await problems.filter({ hasText: 'report.ts' }).first().waitFor();
    await problems.filter({ hasText: 'Blocked the event loop' }).first().waitFor();
    const rows = await workbench.rows('Async Warnings');
    await rows.filter({ hasText: 'parseReport' }).first().waitFor();
  });

  it('has no rows and no status once debugging is over', async () => {
    await workbench.stopDebugging();
    const view = await workbench.view('Async Tasks');
    await view.getByText('Press F5').waitFor();
    await workbench.status(/\d+ tasks?/).waitFor({ state: 'hidden' });
  });
});
