import assert from 'node:assert/strict';
import { join } from 'node:path';
import { PROJECT } from '../../scripts/cacheFolder.js';
import { Workbench } from '../../scripts/vscodeHost/workbench.js';
import { until } from '../support/until.js';
import { screenshotOfFailure } from './support/screenshotOfFailure.js';

const SAMPLE = join(PROJECT, 'examples');

describe('The workbench', function () {
  this.timeout(300_000);
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
    const checkout = rows.filter({ hasText: '⟶ checkout' }).filter({ hasText: 'shop.ts:27' }).first();
    await checkout.waitFor();
    const name = (await checkout.getAttribute('aria-label')) ?? '';
    assert.match(name, /^(GET \/checkout|handle), .*waits for checkout/);
    assert.doesNotMatch(name, /[⟶·×]/, 'signs have words for those who hear them');
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

  it('shows one task alone when it is followed, until all are shown again', async () => {
    const view = await workbench.view('Async Tasks');
    const rows = await workbench.rows('Async Tasks');
    const following = view.getByText('Following subscribeToNewsletter');
    await until('it is followed', async () => {
      await workbench.rowMenu(rows.filter({ hasText: 'subscribeToNewsletter' }).first(), 'Follow This Task');
      return (await following.isVisible()) || undefined;
    });
    await rows.filter({ hasText: 'Called by' }).first().waitFor();
    assert.equal(await rows.filter({ hasText: 'shop.js' }).count(), 0);
    await workbench.command('Async Debugger: Show All Tasks');
    await rows.filter({ hasText: 'shop.js' }).first().waitFor();
    await following.waitFor({ state: 'hidden' });
  });

  it('filters by file and explains how while one types', async () => {
    const { page } = workbench;
    const view = await workbench.view('Async Tasks');
    const rows = await workbench.rows('Async Tasks');
    const box = page.locator('.quick-input-widget');
    await workbench.ask(async () => {
      await view.hover();
      if (!(await box.isVisible()))
        await view.getByRole('button', { name: 'Filter Tasks' }).click({ timeout: 2_000 });
      await box.getByText('a minus before one excludes it').waitFor({ timeout: 2_000 });
    }, 'state:');
    await box.getByText('States: running, ready').waitFor();
    await box.locator('input').fill('file:newsletter.ts -nonsense');
    await page.keyboard.press('Enter');
    await rows.filter({ hasText: 'checkout' }).first().waitFor({ state: 'hidden' });
    await rows.filter({ hasText: 'subscribeToNewsletter' }).first().waitFor();
    await workbench.command('Async Debugger: Clear Filter');
    await rows.filter({ hasText: 'checkout' }).first().waitFor();
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

  it('says that it breaks on blocking while that is switched on', async () => {
    const view = await workbench.view('Async Warnings');
    await view.hover();
    await view.getByRole('button', { name: 'Break on Blocking' }).click();
    await view.getByText('breaks after 1.0 s').waitFor();
    await view.getByRole('button', { name: 'Do Not Break on Blocking' }).click();
    await view.getByText('breaks after 1.0 s').waitFor({ state: 'hidden' });
  });

  it('has no rows and no status once debugging is over', async () => {
    await workbench.stopDebugging();
    const view = await workbench.view('Async Tasks');
    await view.getByText('Press F5').waitFor();
    await workbench.status(/\d+ tasks?/).waitFor({ state: 'hidden' });
  });

  it('counts the places that have blocked on the icon, until they are cleared', async () => {
    const rows = await workbench.rows('Async Warnings');
    // what start-up took is no warning
    const places = await rows.filter({ hasNotText: /^(?:start-up|.* in packages or Node)/ }).count();
    assert.ok(places > 0);
    await workbench
      .badge()
      .filter({ hasText: String(places) })
      .waitFor();
    await workbench.command('Async Debugger: Clear Warnings');
    await workbench.badge().waitFor({ state: 'hidden' });
  });

  it('stops a stuck program from the row that says so', async () => {
    await workbench.startConfiguration('Stuck program');
    await workbench.showOnly('Async Tasks');
    const rows = await workbench.rows('Async Tasks');
    const stuck = rows.filter({ hasText: 'stuck.js' }).first();
    await workbench.status(/Blocked \d.* in (findPrime|isPrime)/).waitFor();
    await stuck.hover();
    await stuck.getByRole('button', { name: 'Pause There' }).click();
    await rows.filter({ hasText: 'paused' }).first().waitFor();
    await workbench.page.locator('.tab.active', { hasText: 'stuck.ts' }).waitFor();
    await workbench.stopDebugging();
  });

  it('stops it from the status bar as well', async () => {
    await workbench.startConfiguration('Stuck program');
    const blocked = workbench.status(/Blocked \d.* in (findPrime|isPrime)/);
    await blocked.waitFor();
    await blocked.hover();
    await workbench.page.locator('.workbench-hover').getByText('Pause There').click();
    const rows = await workbench.rows('Async Tasks');
    await rows.filter({ hasText: 'paused' }).first().waitFor();
    await workbench.stopDebugging();
  });
});
