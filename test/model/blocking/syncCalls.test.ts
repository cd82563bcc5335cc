import assert from 'node:assert/strict';
import { warningRows } from '../../../src/model/presenter/index.js';
import type { TimedWarning } from '../../../src/protocol/snapshot.js';
import type { WireSyncCalls } from '../../../src/protocol/wire.js';
import { snapshotOf } from '../../support/tasks.js';
import { connected, site } from '../../support/wire.js';

function calls(over: Partial<WireSyncCalls> = {}): WireSyncCalls {
  return { call: 'fs.readFileSync', site: 1, count: 1, totalUs: 250, worstUs: 250, ...over };
}

function watched(): ReturnType<typeof connected> & {
  heard: TimedWarning[];
  rows: () => string[];
} {
  const { debuggee, poll } = connected();
  debuggee.thresholdMs = 100;
  const heard: TimedWarning[] = [];
  debuggee.onDidWarn((warning) => heard.push(warning));
  poll({
    scripts: ['/shop/server.ts'],
    sites: [site(1), site(12, 'serve'), site(12, 'serve'), site(20, 'f')],
  });
  const rows = (): string[] =>
    warningRows(snapshotOf(debuggee.snapshot(1000))).map((row) => `${row.label}  ${row.description}`);
  return { debuggee, poll, heard, rows };
}

describe('SyncCalls', () => {
  it('tells of a call at its place, however short it is', () => {
    const { poll, heard, rows } = watched();
    poll({ syncCalls: [calls()] });
    assert.deepEqual(
      heard.map(({ kind, message, ongoing }) => [kind, message, ongoing]),
      [['syncCall', 'fs.readFileSync held up the server for 0.25 ms', false]],
    );
    assert.deepEqual(heard[0]?.site, { file: '/shop/server.ts', line: 12, column: 5, function: 'serve' });
    assert.deepEqual(rows(), ['0.25 ms · fs.readFileSync  server.ts:12']);
  });

  it('adds up those of one function and line, and is heard of once', () => {
    const { poll, heard, debuggee, rows } = watched();
    poll({ syncCalls: [calls({ count: 3, totalUs: 9_000, worstUs: 4_000 })] });
    poll({ syncCalls: [calls({ site: 2, count: 2, totalUs: 500, worstUs: 300 })] });
    const [warning] = debuggee.snapshot(1000).warnings as TimedWarning[];
    assert.ok(warning);
    const { count, durationMs, maxMs, totalMs, message } = warning;
    assert.deepEqual([count, durationMs, maxMs, totalMs], [5, 0.3, 4, 9.5]);
    assert.equal(message, 'fs.readFileSync held up the server for 0.30 ms (5 times, worst 4.0 ms)');
    assert.equal(heard.length, 1);
    assert.deepEqual(rows(), [
      '0.30 ms · fs.readFileSync  server.ts:12 · 5 times, worst 4.0 ms, 9.5 ms in all',
    ]);
  });

  it('tells functions and lines apart', () => {
    const { poll, rows } = watched();
    poll({ syncCalls: [calls(), calls({ call: 'fs.existsSync' }), calls({ site: 3 })] });
    assert.deepEqual(rows(), [
      '0.25 ms · fs.readFileSync  server.ts:12',
      '0.25 ms · fs.existsSync  server.ts:12',
      '0.25 ms · fs.readFileSync  server.ts:20',
    ]);
  });

  it('counts what has no place by its function alone', () => {
    const { poll, debuggee } = watched();
    poll({ syncCalls: [calls({ site: 0, count: 2 })] });
    const [warning] = debuggee.snapshot(1000).warnings;
    assert.equal(warning?.site, undefined);
    assert.equal(
      warning?.message,
      'fs.readFileSync held up the server for 0.25 ms, place not recorded (2 times, worst 0.25 ms)',
    );
  });

  it('begins anew when the warnings are cleared', () => {
    const { poll, heard, debuggee } = watched();
    poll({ syncCalls: [calls({ count: 9 })] });
    debuggee.clearWarnings();
    assert.deepEqual(debuggee.snapshot(1000).warnings, []);
    poll({ syncCalls: [calls()] });
    assert.deepEqual(
      heard.map(({ count }) => count),
      [9, 1],
    );
  });
});
