import assert from 'node:assert/strict';
import { treeText, warningRows } from '../../../src/model/presenter/index.js';
import type { ProcessSnapshot, Snapshot } from '../../../src/protocol/snapshot.js';
import { block, connected, frame, turn } from '../../support/wire.js';

function snapshotOf(...processes: ProcessSnapshot[]): Snapshot {
  return { version: 1, takenAt: '2024-01-01T00:00:00.000Z', processes };
}

function blockedOnce(session = 's1', name = 'shop'): ReturnType<typeof connected> {
  const connection = connected({ session, name });
  const stack = ['readFileSync node:fs:9', 'parseReport /shop/report.ts:88', ' /shop/server.ts:5'].map(frame);
  connection.beat({ nowMs: 150, turn: turn({ stack }) });
  connection.beat({ nowMs: 500, blocks: [block()] });
  return connection;
}

describe('warningRows', () => {
  it('shows one row per site with the stack below', () => {
    assert.equal(
      treeText(warningRows(snapshotOf(blockedOnce().debuggee.snapshot(600)))),
      `
430 ms · parseReport  report.ts:88
  readFileSync  node:fs:9
  parseReport  report.ts:88
  (anonymous)  server.ts:5`.trim(),
    );
  });

  it('shows several blocks with a stack each, the ongoing site first', () => {
    const { debuggee, beat } = blockedOnce();
    beat({ nowMs: 1000, blocks: [block({ seq: 9, durationMs: 5000, type: 'Immediate' })] });
    const stack = ['parseReport /shop/report.ts:88'].map(frame);
    beat({
      nowMs: 10_150,
      turn: turn({ seq: 2, startedMs: 10_000, stack: ['readFileSync node:fs:9'].map(frame).concat(stack) }),
    });
    assert.equal(
      treeText(warningRows(snapshotOf(debuggee.snapshot(11_200)))),
      `
1.2 s · parseReport  report.ts:88 · going on · 2 times, worst 1.2 s
  1.2 s  going on · synchronous call  report.ts:88
    readFileSync  node:fs:9
    parseReport  report.ts:88
  430 ms  synchronous call  report.ts:88
    readFileSync  node:fs:9
    parseReport  report.ts:88
    (anonymous)  server.ts:5
5.0 s · event loop blocked`.trim(),
    );
  });

  it('gives clicks their places and menus their words', () => {
    const [row] = warningRows(snapshotOf(blockedOnce().debuggee.snapshot(600)));
    assert.equal(row?.context, 'warning awaitSite');
    assert.equal(row.awaitSite?.line, 88);
    assert.deepEqual(
      row.children.map((child) => child.context),
      ['frame', 'frame awaitSite', 'frame awaitSite'],
    );
    assert.match(
      row.tooltip,
      /^Blocked the event loop for 430 ms in fs\.readFileSync\n\/shop\/report\.ts:88:5\n/,
    );
  });

  it('names the process when there are several, with ids of their own', () => {
    const rows = warningRows(
      snapshotOf(blockedOnce().debuggee.snapshot(0), blockedOnce('s2', 'worker').debuggee.snapshot(0)),
    );
    assert.deepEqual(
      rows.map((row) => row.description),
      ['report.ts:88 · shop', 'report.ts:88 · worker'],
    );
    assert.equal(new Set(rows.map((row) => row.id)).size, 2);
  });

  it('shows warnings of kinds that it does not know by their message', () => {
    const process = connected().debuggee.snapshot(0);
    process.warnings.push({ id: 'w', kind: 'other', message: 'Something\nhappened', count: 3 });
    assert.equal(treeText(warningRows(snapshotOf(process))), 'Something happened  3 times');
  });
});
