import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { answerOf, connectClient } from './agentSession/run.js';
import { CACHE, PROJECT } from './cacheFolder.js';
import { Workbench } from './vscodeHost/workbench.js';

const OUT = join(PROJECT, 'media', 'walkthrough');
const SIZE = { width: 1000, height: 1000 };
const SIDE_BAR_WIDTH = 580;
/** They are packaged: small matters more than sharp. */
const QUALITY = 0.4;
const SCALE = 0.72;

const LAUNCH = {
  version: '0.2.0',
  configurations: [
    { name: 'Orders', type: 'node', request: 'launch', program: '${workspaceFolder}/orders.test.js' },
  ],
};

const HUNG_TEST = `const { test } = require('node:test');

function connected() {
  return new Promise((resolve) => {}); // nobody calls resolve
}

async function loadOrders() {
  await connected();
  return [];
}

test('lists the orders', async () => {
  await loadOrders();
});

setInterval(() => {}, 1000);
`;

/** The pictures of the walkthrough, made with the sample program that it opens. */
export async function takeWalkthroughPictures(settings: Record<string, unknown>): Promise<void> {
  mkdirSync(OUT, { recursive: true });
  const folder = mkdtempSync(join(tmpdir(), 'nad-walk-'));
  writeFileSync(join(folder, 'orders.test.js'), HUNG_TEST);
  mkdirSync(join(folder, '.vscode'));
  writeFileSync(join(folder, '.vscode', 'launch.json'), JSON.stringify(LAUNCH));
  const workbench = await Workbench.open({ folder, extension: PROJECT }, { settings });
  const { page } = workbench;
  const take = async (name: string, view: string, height: number): Promise<void> => {
    await page.mouse.move(SIZE.width - 1, SIZE.height / 2);
    await page.locator('.workbench-hover').waitFor({ state: 'hidden' });
    const box = await (await workbench.view(view)).boundingBox();
    if (!box) throw new Error('The view is hidden');
    const clip = { ...box, height: Math.min(height, box.height) };
    await write(name, await page.screenshot({ clip }), workbench);
  };
  const expand = async (row: Locator): Promise<void> => {
    await row.first().locator('.monaco-tl-twistie').click();
    await row.first().and(page.locator('[aria-expanded="true"]')).waitFor();
  };
  try {
    await page.setViewportSize(SIZE);
    await workbench.command('View: Show Run and Debug');
    await workbench.widenSideBar(SIDE_BAR_WIDTH);
    await workbench.command('Async Debugger: Try the Sample');
    const tasks = await workbench.rows('Async Tasks');
    // VS Code opens its own sections when a program starts
    await tasks.filter({ hasText: 'evening' }).first().waitFor();
    await workbench.showOnly('Async Tasks');
    const handles = tasks.filter({ hasText: /^Handles/ });
    await handles.waitFor();
    await expand(handles);
    await tasks.filter({ hasText: 'TCP server' }).first().waitFor();
    await take('handles', 'Async Tasks', 390);
    await handles.locator('.monaco-tl-twistie').click();
    await tasks.filter({ hasText: 'Promise.all' }).first().waitFor();
    await take('tasks', 'Async Tasks', 390);
    await workbench.showOnly('Async Warnings');
    const warnings = await workbench.rows('Async Warnings');
    await warnings.filter({ hasText: 'printMenu' }).first().waitFor();
    await take('warnings', 'Async Warnings', 140);
    await workbench.stopDebugging();

    await workbench.openFile('orders.test.js', 8);
    await workbench.showOnly('Async Tasks');
    await workbench.startConfiguration('Orders');
    await tasks.filter({ hasText: 'loadOrders' }).first().waitFor();
    await workbench.showOnly('Async Tasks');
    await page.waitForTimeout(1_500);
    await take('test', 'Async Tasks', 180);
    await workbench.stopDebugging();
    await takeAnswer(workbench);
  } catch (error) {
    await page.screenshot({ path: join(CACHE, 'walkthrough-failed.png') });
    throw error;
  } finally {
    await workbench.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What an agent reads of a program that is stuck. */
async function takeAnswer(workbench: Workbench): Promise<void> {
  const { page } = workbench;
  const client = await connectClient();
  const answer = await answerOf(client, { program: 'lock-not-released', tool: 'explain_hang' });
  await client.close();
  await page.setContent(
    '<pre style="margin: 0; padding: 20px; width: 600px; white-space: pre-wrap; ' +
      'font: 13px/1.5 monospace; color: #d4d4d4; background: #1f1f1f"></pre>',
  );
  const text = JSON.stringify(`#explainHang\n\n${answer}`);
  await page.evaluate(`document.querySelector('pre').textContent = ${text}`);
  await write('agent', await page.locator('pre').screenshot(), workbench);
}

/** As WebP, which takes a third of other formats, and which the browser itself can write. */
async function write(name: string, png: Buffer, { page }: Workbench): Promise<void> {
  const blank = await page.context().newPage();
  const source = `data:image/png;base64,${png.toString('base64')}`;
  const url = await blank.evaluate<string>(`(async () => {
    const image = new Image();
    image.src = ${JSON.stringify(source)};
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(image.width * ${SCALE});
    canvas.height = Math.round(image.height * ${SCALE});
    const context = canvas.getContext('2d');
    context.imageSmoothingQuality = 'high';
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return canvas.toDataURL('image/webp', ${QUALITY});
  })()`);
  await blank.close();
  const path = join(OUT, `${name}.webp`);
  writeFileSync(path, Buffer.from(url.slice(url.indexOf(',') + 1), 'base64'));
  process.stdout.write(`${path}\n`);
}
