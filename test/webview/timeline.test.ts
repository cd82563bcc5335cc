import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { EventKind } from '../../src/protocol/recording.js';
import { sentThread } from '../../src/recording/timelineMessages.js';
import { ONE_AWAIT, recordingFrom } from '../recording/builtRecording.js';
import { openTimeline, send, startBrowser } from './support/timelinePage.js';

const HOSTILE = '<img src=x onerror="window.harmed = true">';
const recording = recordingFrom([...ONE_AWAIT, { kind: EventKind.Called, id: 9, atMs: 160, place: 2 }], {
  names: new Map([[9, HOSTILE]]),
});

describe('The page of the timeline', () => {
  let browser: Browser;
  let page: Page;
  const problems: string[] = [];

  before(async () => {
    browser = await startBrowser();
    page = await openTimeline(browser);
    page.on('pageerror', (error) => problems.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    await send(page, {
      type: 'threads',
      threads: [sentThread(recording, 0, 0, 0)],
      state: 'still',
      nowMs: 0,
    });
  });

  after(() => browser.close());

  it('tells a click on a task with the place that it stands at', async () => {
    const box = await page.locator('#canvas').boundingBox();
    assert.ok(box);
    // the second row: the task awaits for most of the picture
    await page.mouse.click(box.x + 0.6 * box.width, box.y + 50);
    const said = await page.evaluate('window.said');
    assert.deepEqual(said, [
      { type: 'ready' },
      { type: 'select', session: 's1', id: 5 },
      { type: 'open', session: 's1', place: 3 },
    ]);
    assert.match(
      (await page.textContent('#facts')) ?? '',
      /^function1 · awaiting \(timer\) · 45 ms · shop\.js:3$/,
    );
  });

  it('has a table of the same facts, with names as text', async () => {
    await page.click('#tab-table');
    const rows = await page.locator('#table tbody tr').allInnerTexts();
    assert.deepEqual(
      rows.map((row) => row.split('\t').slice(0, 4)),
      [
        ['function1', 'shop.js:1', 'shop.js', 'settled'],
        [HOSTILE, 'shop.js:2', 'shop.js', 'running'],
      ],
    );
    assert.equal(await page.evaluate('window.harmed'), undefined);
  });

  it('sums functions and awaits up', async () => {
    await page.click('#tab-statistics');
    const captions = await page.locator('#statistics caption').allInnerTexts();
    assert.equal(captions.length, 2);
    assert.equal(await page.locator('#statistics table').nth(1).locator('tbody tr').count(), 1);
  });

  it('finds tasks by their names', async () => {
    await page.click('#tab-table');
    await page.fill('#search', 'function1');
    assert.equal(await page.locator('#table tbody tr').count(), 1);
  });

  it('needs nothing that its policy forbids, and fails nowhere', () => assert.deepEqual(problems, []));
});
