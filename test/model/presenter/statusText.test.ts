import assert from 'node:assert/strict';
import { statusText, taskRows } from '../../../src/model/presenter/index.js';
import type { ProcessSnapshot } from '../../../src/protocol/snapshot.js';
import { plainOptions } from '../../support/taskRows.js';
import { connected, entry, frame, site, turn } from '../../support/wire.js';

function status(...processes: ProcessSnapshot[]) {
  return statusText({ version: 1, takenAt: '2024-01-01T00:00:00.000Z', processes });
}

describe('statusText', () => {
  it('is nothing when no program lives', () => {
    const { debuggee } = connected();
    debuggee.end();
    assert.equal(status(debuggee.snapshot(0)), undefined);
    assert.equal(status(), undefined);
  });

  it('counts the tasks of all programs and tells the busiest loop', () => {
    const one = connected();
    one.poll({ entries: [entry(1, 'a'), entry(2, 'b')], loop: { idleMs: 97, turnMaxMs: 1, turns: 1 } });
    const two = connected({ session: 's2', name: 'worker', hello: { threadId: 1 } });
    two.poll({ entries: [entry(1, 'c')] });
    assert.deepEqual(status(one.debuggee.snapshot(0), two.debuggee.snapshot(0)), {
      text: '$(pulse) 3 tasks · loop 3 %',
      tooltip: 'shop: pid 123 · 2 tasks · loop 3 %\nworker: thread 1 · 1 task · loop 0 %',
      blocked: false,
    });
  });

  it('says that there are more tasks than were taken in yet', () => {
    const { debuggee, poll } = connected();
    poll({ entries: Array.from({ length: 30 }, (_, id) => entry(id + 1, 'a')) });
    debuggee.tasksAtOnce = 20;
    assert.equal(status(debuggee.snapshot(0))?.tooltip, 'shop: pid 123 · 20 tasks and counting · loop 0 %');
    assert.equal(status(debuggee.snapshot(0))?.tooltip, 'shop: pid 123 · 30 tasks · loop 0 %');
  });

  it('says that there are promises that were not recorded, in the row of the process too', () => {
    const { debuggee, poll } = connected();
    const dropped = { records: 0, sites: 90_000, promises: 70_123 };
    poll({ entries: [entry(1, 'a'), entry(2, 'b')], dropped });
    const shown = '2 tasks shown, at least 70,123 pending promises not recorded';
    const snapshot = debuggee.snapshot(0);
    const { text, tooltip } = status(snapshot) ?? {};
    assert.deepEqual(
      [text, tooltip],
      ['$(pulse) 2+ tasks · loop 0 %', `shop: pid 123 · ${shown} · loop 0 %`],
    );
    const [row] = taskRows({ version: 1, takenAt: '', processes: [snapshot] }, plainOptions);
    assert.equal(row?.description, `pid 123 · ${shown} · loop 0 %`);
    assert.match(
      row.tooltip,
      /^90,000 of its promises and places not .*; at least 70,123 of these promises have not settled$/m,
    );
    poll({ dropped: { records: 0, sites: 90_000 } });
    assert.equal(status(debuggee.snapshot(0))?.text, '$(pulse) 2 tasks · loop 0 %');
  });

  it('counts what the rows count, with the internals where they are shown', () => {
    const { debuggee, poll } = connected();
    poll({
      scripts: ['/shop/a.js', 'node:internal/x'],
      sites: [site(1), site(2, 'inside', 1)],
      entries: [entry(1, 'a', { site: 0 }), entry(2, 'inside', { site: 1 })],
    });
    const snapshot = { version: 1, takenAt: '', processes: [debuggee.snapshot(0)] } as const;
    for (const [internals, count] of [
      [false, '1 task'],
      [true, '2 tasks'],
    ] as const) {
      const all = { ...snapshot, processes: [...snapshot.processes] };
      assert.equal(statusText(all, { internals })?.text, `$(pulse) ${count} · loop 0 %`);
      const [row] = taskRows(all, { ...plainOptions, internals });
      assert.equal(row?.description, `pid 123 · ${count} · loop 0 %`);
    }
  });

  it('tells the longest lag where it can be felt, in the row of the process too', () => {
    const one = connected();
    one.poll({ loop: { idleMs: 20, turnMaxMs: 80, turns: 1 } });
    const two = connected({ session: 's2', name: 'worker', hello: { threadId: 1 } });
    two.poll({ loop: { idleMs: 100, turnMaxMs: 19, turns: 1 } });
    assert.deepEqual(status(one.debuggee.snapshot(0), two.debuggee.snapshot(0)), {
      text: '$(pulse) 0 tasks · loop 80 %, longest turn 80 ms',
      tooltip:
        'shop: pid 123 · 0 tasks · loop 80 %, longest turn 80 ms\nworker: thread 1 · 0 tasks · loop 0 %',
      blocked: false,
    });
  });

  it('warns while one is blocked, and takes no name for an icon', () => {
    const { debuggee, poll } = connected();
    poll({ nowMs: 3200, turn: turn({ stack: [frame('parse$(bug) /a.ts:1')] }) });
    const other = connected({ session: 's2' });
    assert.deepEqual(status(other.debuggee.snapshot(0), debuggee.snapshot(3200)), {
      text: '$(warning) Blocked 3.2 s in parse$ (bug)',
      tooltip: 'shop: pid 123 · 0 tasks · loop 0 %\nshop: blocked 3.2 s in parse$(bug) a.ts:1',
      blocked: true,
    });
  });

  it('says that one does not answer, and that the loop has no pause', () => {
    const silent = connected();
    silent.poll({ nowMs: 0 });
    silent.debuggee.silent(2100, 0);
    assert.deepEqual(status(silent.debuggee.snapshot(2100)), {
      text: '$(warning) No answer for 2.1 s',
      tooltip: 'shop: no answer for 2.1 s',
      blocked: true,
    });
    const busy = connected().debuggee.snapshot(0);
    busy.state = 'blocked';
    busy.blocked = { durationMs: 2100, what: '900 short callbacks', stack: [] };
    assert.equal(status(busy)?.text, '$(warning) Blocked 2.1 s');
    assert.equal(status(busy)?.tooltip, 'shop: blocked 2.1 s: 900 short callbacks');
  });

  it('says that all are paused', () => {
    const { debuggee } = connected();
    debuggee.paused(0);
    assert.equal(status(debuggee.snapshot(0))?.text, '$(debug-pause) 0 tasks · paused');
  });
});
