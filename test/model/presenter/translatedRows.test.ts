import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '../../../scripts/cacheFolder.js';
import { useTranslations } from '../../../src/base/texts.js';
import { warningText } from '../../../src/cli/warningText.js';
import { statusText, treeText, warningRows } from '../../../src/model/presenter/index.js';
import { plainOptions, rowOf, treeOf } from '../../support/taskRows.js';
import { blockingWarning, place, processOf, snapshotOf, task } from '../../support/tasks.js';

const CHINESE = JSON.parse(readFileSync(join(PROJECT, 'l10n/bundle.l10n.zh-cn.json'), 'utf8')) as Record<
  string,
  string
>;

describe('Rows in another language', () => {
  const awaiting = { awaitingAt: place('/shop/cart.ts:12'), awaits: ['l'] };
  const tasks = [
    ...[1, 2, 3].map((id) => task(`${id}`, 'checkout', awaiting)),
    task('l', 'new Promise', { kind: 'promise', type: 'new Promise', state: 'pending', unpromised: true }),
    task('x', 'lost', { unreachable: true, ageMs: 125_000 }),
  ];

  before(() => useTranslations(CHINESE));
  after(() => useTranslations(undefined));

  it('tell tasks, ages and counts in it, and leave what code is called', () => {
    assert.equal(treeOf(tasks).split('\n')[0], 'checkout  ×3 · ⟶ new Promise · 最早 1.2 秒  cart.ts:12');
    assert.match(treeOf(tasks), /^lost {2}再也无法继续：它所等待的已无人引用 · 2 分 5 秒$/m);
    assert.match(rowOf(tasks, 'lost')?.tooltip ?? '', /^lost: 异步函数, 等待中\n已存在 2 分 5 秒\n/);
    assert.match(treeOf(tasks, { ...plainOptions, grouping: 'type' }), /^异步函数 /m);
  });

  it('tell warnings in it, on the row and in the terminal', () => {
    const site = place('/shop/report.ts:88 parse');
    const warning = blockingWarning({ site, message: CHINESE['Blocked the event loop for {0}'] ?? '' });
    const process = processOf([], { warnings: [warning] });
    assert.equal(treeText(warningRows(snapshotOf(process))), '430 毫秒 · parse  report.ts:88');
    assert.match(
      warningRows(snapshotOf(process))[0]?.tooltip ?? '',
      /原因：JavaScript。共 430 毫秒，看到 3 个调用栈。/,
    );
    const told = { ...warning, message: '阻塞事件循环 430 毫秒' };
    assert.equal(warningText(told, '/shop'), '阻塞事件循环 430 毫秒，在 parse (report.ts:88) 中');
    assert.equal(
      warningText(
        { ...told, message: '阻塞事件循环 430 毫秒（3 次，最长 1.2 秒）', count: 3, maxMs: 1200 },
        '/shop',
      ),
      '阻塞事件循环 430 毫秒，在 parse (report.ts:88) 中',
    );
  });

  it('tell the state of the event loop in it', () => {
    assert.equal(statusText(snapshotOf(processOf(tasks)))?.text, '$(pulse) 3 个任务 · 循环 0 %');
  });
});
