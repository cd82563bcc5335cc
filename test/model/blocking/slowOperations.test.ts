import assert from 'node:assert/strict';
import type { TimedWarning } from '../../../src/protocol/snapshot.js';
import type { WireEntry } from '../../../src/protocol/wire.js';
import {
  poll as wirePoll,
  block,
  connected,
  entry,
  frame,
  promise,
  resource,
  site,
  turn,
} from '../../support/wire.js';

function lookup(id: number, over: Partial<WireEntry> = {}): WireEntry {
  return resource(id, 'GETADDRINFOREQWRAP', { site: 1, detail: { host: 'db.example' }, ...over });
}

function watched(entries: WireEntry[] = [], nowMs = 0) {
  const { debuggee, poll } = connected();
  const heard: TimedWarning[] = [];
  debuggee.onDidWarn((warning) => heard.push(warning));
  poll({ nowMs, scripts: ['/shop/db.ts'], sites: [site(1), site(7, 'connect')], entries });
  return { debuggee, poll, heard, messages: () => heard.map(({ message }) => message) };
}

describe('SlowOperations', () => {
  it('tells of a name lookup that takes long, and how long it took', () => {
    const { poll, heard, messages, debuggee } = watched([lookup(1)]);
    poll({ nowMs: 900 });
    assert.deepEqual(messages(), []);
    poll({ nowMs: 1100 });
    poll({ nowMs: 2100, ended: [1] });
    assert.deepEqual(messages(), [
      'DNS lookup db.example has taken 1.1 s',
      'DNS lookup db.example took 2.1 s',
    ]);
    assert.equal(heard[0]?.kind, 'slowOperation');
    assert.equal(heard[0].site?.line, 7);
    assert.equal(heard[0].task, 's1:1');
    assert.equal(debuggee.snapshot(2200).warnings.length, 1);
  });

  it('groups them by place, and tells of a flood twice only', () => {
    const lookups = [1, 2, 3, 4, 5].map((id) => resource(id, 'QUERYWRAP', { site: 1 }));
    const { poll, heard } = watched(lookups);
    poll({ nowMs: 1500 });
    poll({ nowMs: 1700, ended: [1, 2, 3] });
    poll({ nowMs: 1900, ended: [4, 5] });
    assert.deepEqual(
      heard.map(({ ongoing, count }) => [ongoing, count]),
      [
        [true, 1],
        [false, 5],
      ],
    );
    assert.match(heard[1]?.message ?? '', /\(5 times, worst 1\.9 s\)$/);
  });

  it('says nothing of handles, timers and fast operations', () => {
    const { poll, heard } = watched([
      resource(1, 'TCPWRAP'),
      resource(2, 'Timeout'),
      resource(3, 'FSREQCALLBACK'),
    ]);
    poll({ nowMs: 500, ended: [3] });
    poll({ nowMs: 5000 });
    assert.deepEqual(heard, []);
  });

  it('does not blame an operation for a block, a debugger or a process that did not answer', () => {
    const blocked = watched([lookup(1)]);
    blocked.poll({ nowMs: 1500, blocks: [block({ startedMs: 100, durationMs: 1300, site: 0 })], ended: [1] });
    assert.deepEqual(
      blocked.heard.map(({ kind }) => kind),
      ['blocking'],
    );
    const paused = watched([lookup(1)]);
    paused.debuggee.paused(100);
    paused.debuggee.resumed(3000);
    paused.poll({ nowMs: 3100 });
    assert.deepEqual(paused.heard, []);
    const stopped = watched([lookup(1)]);
    stopped.debuggee.apply(wirePoll({ seq: 2, nowMs: 3000 }), 3000, 150);
    assert.deepEqual(stopped.heard, []);
  });

  it('names the line of the program that waits for it, and none of Node’s own', () => {
    const { poll, heard } = watched();
    poll({
      nowMs: 0,
      scripts: ['node:internal/fs/promises'],
      sites: [site(900, 'open', 1)],
      entries: [
        resource(1, 'FSREQPROMISE', { site: 2 }),
        promise(2, 'promise', { site: 2, waits: [1] }),
        entry(3, 'readFile', { waits: [2], call: 1, site: 2, await: 2 }),
        resource(4, 'FSREQPROMISE', { site: 2 }),
      ],
    });
    poll({ nowMs: 1100 });
    assert.deepEqual(
      heard.map(({ site: at }) => at?.line),
      [7, undefined],
    );
    // who waited for it has ended before
    poll({ nowMs: 1300, ended: [3, 2] });
    poll({ nowMs: 1400, ended: [1] });
    assert.equal(heard.at(-1)?.site?.line, 7);
  });

  it('tells of a full thread pool, and not of what waits for it', () => {
    const many = Array.from({ length: 9 }, (_, index) =>
      resource(index + 1, 'PBKDF2REQUEST', { site: 1, runs: 0 }),
    );
    const { poll, heard } = watched(many);
    poll({ nowMs: 500 });
    poll({ nowMs: 1200 });
    const pool = heard.find(({ kind }) => kind === 'threadPool');
    assert.equal(
      pool?.message,
      'All 4 threads of the pool have been busy for 1.2 s, and up to 5 operations waited',
    );
    assert.equal(pool.site?.line, 7);
    const slow = (): number => heard.filter(({ kind }) => kind === 'slowOperation').length;
    assert.equal(slow(), 1, 'one place');
    poll({ nowMs: 1400, ended: [1, 2, 3, 4, 5, 6, 7, 8] });
    const ended = heard.filter(({ kind }) => kind === 'threadPool').at(-1);
    assert.equal(
      ended?.message,
      'All 4 threads of the pool were busy for 1.4 s, and up to 5 operations waited',
    );
    assert.equal(ended.ongoing, false);
  });

  it('does not count for the pool when the loop was held: by a stop, a pause, or a turn that goes on', () => {
    const many = Array.from({ length: 9 }, (_, index) =>
      resource(index + 1, 'PBKDF2REQUEST', { site: 1, runs: 0 }),
    );
    const inPool = ({ heard }: ReturnType<typeof watched>): TimedWarning[] =>
      heard.filter(({ kind }) => kind === 'threadPool');
    const stopped = watched(many);
    stopped.poll({ nowMs: 100 }, 99);
    stopped.poll({ nowMs: 1500 }, 200);
    const paused = watched(many);
    stopped.debuggee.paused(1600);
    stopped.debuggee.resumed(2700);
    stopped.poll({ nowMs: 2750 });
    assert.deepEqual(inPool(stopped), []);
    const stack = [frame('f /a.ts:1')];
    paused.poll({ nowMs: 1500, turn: turn({ startedMs: 200, stack, cpuMs: 1 }) });
    paused.poll({ nowMs: 2500, turn: turn({ startedMs: 200, stack, cpuMs: 1 }) });
    assert.deepEqual(inPool(paused), []);
    paused.poll({ nowMs: 4000 });
    assert.equal(inPool(paused).length, 1);
  });

  it('takes another time for slow, and 0 for never', () => {
    const { debuggee, poll, messages } = watched([lookup(1)]);
    debuggee.slowOperationMs = 0;
    poll({ nowMs: 5000 });
    assert.deepEqual(messages(), []);
    debuggee.slowOperationMs = 6000;
    poll({ nowMs: 5900 });
    assert.deepEqual(messages(), []);
    poll({ nowMs: 6100 });
    assert.deepEqual(messages(), ['DNS lookup db.example has taken 6.1 s']);
  });

  it('ends what it has told when it is switched off', () => {
    const many = Array.from({ length: 9 }, (_, index) =>
      resource(index + 1, 'PBKDF2REQUEST', { site: 1, runs: 0 }),
    );
    const { debuggee, poll, heard } = watched(many);
    poll({ nowMs: 500 });
    poll({ nowMs: 1200 });
    debuggee.slowOperationMs = 0;
    poll({ nowMs: 1300 });
    poll({ nowMs: 1400, ended: [1, 2, 3, 4] });
    for (const kind of ['threadPool', 'slowOperation'])
      assert.equal(heard.filter((warning) => warning.kind === kind).at(-1)?.ongoing, false, kind);
    const count = heard.length;
    poll({ nowMs: 9000 });
    assert.equal(heard.length, count);
  });
});
