import assert from 'node:assert/strict';
import { treeText, warningRows } from '../../../src/model/presenter/index.js';
import type { ProcessSnapshot, Snapshot, Warning } from '../../../src/protocol/snapshot.js';
import { processOf } from '../../support/tasks.js';
import { block, connected, frame, resource, turn } from '../../support/wire.js';

function snapshotOf(...processes: ProcessSnapshot[]): Snapshot {
  return { version: 1, takenAt: '2024-01-01T00:00:00.000Z', processes };
}

function blockedOnce(session = 's1', name = 'shop'): ReturnType<typeof connected> {
  const connection = connected({ session, name });
  const stack = ['readFileSync node:fs:9', 'parseReport /shop/report.ts:88', ' /shop/server.ts:5'].map(frame);
  connection.poll({ nowMs: 150, turn: turn({ stack }) });
  connection.poll({ nowMs: 500, blocks: [block()] });
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

  it('shows frames of Node that follow each other as one', () => {
    const { debuggee, poll } = connected();
    const stack = [
      'read node:fs:9',
      'open node:fs:8',
      'a /shop/a.ts:1',
      'run node:events:7',
      'b /shop/a.ts:2',
    ];
    poll({ nowMs: 150, turn: turn({ stack: stack.map(frame) }) });
    poll({ nowMs: 500, blocks: [block()] });
    assert.equal(
      treeText(warningRows(snapshotOf(debuggee.snapshot(600)))),
      `
430 ms · a  a.ts:1
  Node.js (2 frames)
  a  a.ts:1
  run  node:events:7
  b  a.ts:2`.trim(),
    );
  });

  it('shows below the warnings, muted, what start-up took and what has no line of the program', () => {
    const { debuggee, poll } = blockedOnce();
    const loading = [
      'init /shop/node_modules/knex/index.js:3',
      'load node:internal/modules/cjs/loader:9',
    ].map(frame);
    const at = { seq: 2, startedMs: 1_000, type: 'script' };
    poll({ nowMs: 1_150, turn: turn({ ...at, stack: [...loading, frame('main /shop/main.js:2')] }) });
    poll({ nowMs: 1_500, blocks: [block({ ...at, durationMs: 400 })] });
    poll({ nowMs: 2_150, turn: turn({ seq: 3, startedMs: 2_000, stack: loading.slice(0, 1) }) });
    poll({ nowMs: 2_500, blocks: [block({ seq: 3, startedMs: 2_000, durationMs: 300 })] });
    const rows = warningRows(snapshotOf(debuggee.snapshot(2_600)));
    assert.equal(
      treeText(rows.slice(1)),
      `
start-up 400 ms
  150 ms · knex  main.js:2
300 ms · 1 block in packages or Node
  300 ms · knex  index.js:3`.trim(),
    );
    assert.deepEqual(
      rows.map(({ color }) => color),
      ['warning', 'muted', 'muted'],
    );
    assert.deepEqual(rows[1]?.children[0]?.awaitSite?.line, 2);
  });

  it('says first which process does not answer, until it does', () => {
    const { debuggee, poll } = blockedOnce();
    debuggee.silent(2_100, 600);
    const [row, ...others] = warningRows(snapshotOf(debuggee.snapshot(2_100)));
    assert.equal(row?.label, '1.5 s · shop does not answer');
    assert.equal(row.description, 'going on');
    assert.equal(others.length, 1);
    poll({ nowMs: 2_200 });
    assert.equal(warningRows(snapshotOf(debuggee.snapshot(2_200))).length, 1);
  });

  it('shows several blocks with a stack each, the ongoing site first', () => {
    const { debuggee, poll } = blockedOnce();
    poll({ nowMs: 1000, blocks: [block({ seq: 9, durationMs: 5000, type: 'Immediate' })] });
    const stack = ['parseReport /shop/report.ts:88'].map(frame);
    poll({
      nowMs: 10_150,
      turn: turn({ seq: 2, startedMs: 10_000, stack: ['readFileSync node:fs:9'].map(frame).concat(stack) }),
    });
    assert.equal(
      treeText(warningRows(snapshotOf(debuggee.snapshot(11_200)))),
      `
1.2 s · parseReport  report.ts:88 · going on · 2 times, worst 1.2 s, 1.6 s in all
  1.2 s  going on · synchronous call  report.ts:88
    readFileSync  node:fs:9
    parseReport  report.ts:88
  430 ms  synchronous call  report.ts:88
    readFileSync  node:fs:9
    parseReport  report.ts:88
    (anonymous)  server.ts:5
5.0 s · 1 block in packages or Node`.trim(),
    );
  });

  it('gives clicks their places and menus their words', () => {
    const [row] = warningRows(snapshotOf(blockedOnce().debuggee.snapshot(600)));
    assert.equal(row?.context, 'warning blocking awaitSite');
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

  it('tells for which request it was, and who had to wait', () => {
    const { debuggee, poll } = connected();
    poll({
      nowMs: 500,
      entries: [
        resource(1, 'HTTPSERVERREQUEST', { detail: { method: 'GET', path: '/report' } }),
        resource(2, 'Timeout', { detail: { armedMs: 0, timerMs: 20 } }),
      ],
      blocks: [block({ entry: 1 })],
    });
    const [row] = warningRows(snapshotOf(debuggee.snapshot(600)));
    assert.equal(row?.description, 'for GET /report');
    assert.match(row.tooltip, /\n1 task could not go on, up to 410 ms\.$/);
  });

  it('shows what else takes long in a few words', () => {
    const { debuggee } = connected();
    const process = debuggee.snapshot(0);
    const what = 'DNS lookup db.example';
    const timed = { count: 1, durationMs: 2100, maxMs: 2100, totalMs: 2100, ongoing: false, what };
    for (const [kind, message] of [
      ['loop', 'The event loop had no pause for 2.1 s'],
      ['slowOperation', 'DNS lookup db.example took 2.1 s'],
      ['threadPool', 'All 4 threads of the pool were busy for 2.1 s'],
      ['lateTimers', 'Timers fired up to 2.1 s late'],
    ] as const)
      process.warnings.push({ id: kind, kind, message, ...timed });
    assert.equal(
      treeText(warningRows(snapshotOf(process))),
      `
2.1 s · many short callbacks
2.1 s · DNS lookup db.example
2.1 s · thread pool full
2.1 s · timers fired late`.trim(),
    );
  });

  it('sets what earlier programs had apart while another one runs, and nothing otherwise', () => {
    const warning = (id: string): Warning => ({ id, kind: 'other', message: `warning ${id}`, count: 1 });
    const earlier = processOf([], { session: 'old', state: 'ended', warnings: [warning('old:1')] });
    const worker = processOf([], {
      session: 'w',
      parent: 's1',
      threadId: 1,
      state: 'ended',
      warnings: [warning('w:1')],
    });
    const running = processOf([], { warnings: [warning('s1:1')] });
    assert.equal(
      treeText(warningRows(snapshotOf(earlier, running, worker))),
      'warning s1:1  shop pid 123\nwarning w:1  shop thread 1\nEarlier programs  1 warning\n  warning old:1',
    );
    const over = { ...running, state: 'ended' as const };
    assert.doesNotMatch(treeText(warningRows(snapshotOf(earlier, over, worker))), /Earlier/);
  });

  it('shows warnings of kinds that it does not know by their message', () => {
    const process = connected().debuggee.snapshot(0);
    process.warnings.push({ id: 'w', kind: 'other', message: 'Something\nhappened', count: 3 });
    assert.equal(treeText(warningRows(snapshotOf(process))), 'Something happened  3 times');
  });
});
