import assert from 'node:assert/strict';
import type { ProcessSnapshot, Warning } from '../../src/protocol/snapshot.js';
import { DebugRuns, type TrackedProcess } from '../../src/ui/sessions/debugRuns.js';

describe('DebugRuns', () => {
  it('shows the processes of a run until it is over', () => {
    const runs = new DebugRuns();
    runs.begin('root', 'shop');
    runs.add('root', new FakeProcess('main'));
    runs.add('root', new FakeProcess('worker', 'main'));
    runs.end('worker');
    assert.deepEqual(ids(runs.snapshots(0).live), ['main', 'worker']);
    runs.end('main');
    runs.finish('root', 0);
    assert.deepEqual(runs.snapshots(0).live, []);
    assert.deepEqual(runs.snapshots(0).all, []);
  });

  it('closes what ends, once its session or the whole run ends', () => {
    const runs = new DebugRuns();
    const [main, worker] = [new FakeProcess('main'), new FakeProcess('worker', 'main')];
    runs.begin('root', 'shop');
    runs.add('root', main);
    runs.add('root', worker);
    runs.end('worker');
    assert.deepEqual([main.closed, worker.closed], [false, true]);
    runs.finish('root', 0);
    assert.equal(main.closed, true);
  });

  it('closes a process of a run that it does not know', () => {
    const late = new FakeProcess('late');
    new DebugRuns().add('gone', late);
    assert.equal(late.closed, true);
  });

  it('keeps the warnings of a finished run until they are cleared', () => {
    const runs = new DebugRuns();
    const main = new FakeProcess('main').warn();
    runs.begin('root', 'shop');
    runs.add('root', main);
    runs.finish('root', 0);
    assert.deepEqual(ids(runs.snapshots(0).all), ['main']);
    assert.deepEqual(runs.snapshots(0).live, []);
    runs.clearWarnings(0);
    assert.deepEqual(runs.snapshots(0).all, []);
  });

  it('forgets the warnings of a finished run when the same is run again', () => {
    const runs = new DebugRuns();
    for (const [root, key] of [
      ['one', 'shop'],
      ['two', 'tests'],
    ] as const) {
      runs.begin(root, key);
      runs.add(root, new FakeProcess(`main of ${root}`).warn());
      runs.finish(root, 0);
    }
    runs.begin('three', 'shop');
    assert.deepEqual(ids(runs.snapshots(0).all), ['main of two']);
  });

  it('keeps a run apart from another of the same name that goes on', () => {
    const runs = new DebugRuns();
    runs.begin('one', 'shop');
    runs.add('one', new FakeProcess('main of one'));
    runs.begin('two', 'shop');
    runs.add('two', new FakeProcess('main of two'));
    assert.deepEqual(ids(runs.snapshots(0).live), ['main of one', 'main of two']);
  });

  it('lets a restarted program take the place of the one that ended, with its children', () => {
    const runs = new DebugRuns();
    runs.begin('root', 'shop');
    runs.add('root', new FakeProcess('first').warn());
    runs.add('root', new FakeProcess('worker of first', 'first'));
    runs.end('worker of first');
    runs.end('first');
    runs.add('root', new FakeProcess('second'));
    assert.deepEqual(ids(runs.snapshots(0).all), ['second']);
  });

  it('leaves an ended process alone when one elsewhere in the tree starts', () => {
    const runs = new DebugRuns();
    runs.begin('root', 'shop');
    runs.add('root', new FakeProcess('main'));
    runs.add('root', new FakeProcess('worker', 'main'));
    runs.add('root', new FakeProcess('child of worker', 'worker'));
    runs.end('child of worker');
    runs.add('root', new FakeProcess('second worker', 'main'));
    assert.deepEqual(ids(runs.snapshots(0).live), ['main', 'worker', 'child of worker', 'second worker']);
  });

  it('shows only the last few of many processes that ended', () => {
    const runs = new DebugRuns();
    runs.begin('root', 'shop');
    runs.add('root', new FakeProcess('main'));
    for (let index = 0; index < 50; index++) runs.add('root', new FakeProcess(`worker ${index}`, 'main'));
    for (let index = 0; index < 50; index++) runs.end(`worker ${index}`);
    assert.equal(runs.snapshots(0).live.length, 1 + 5);
  });

  it('keeps the warnings of the latest runs only', () => {
    const runs = new DebugRuns();
    for (let index = 0; index < 30; index++) {
      runs.begin(`root ${index}`, `program ${index}`);
      runs.add(`root ${index}`, new FakeProcess(`main ${index}`).warn());
      runs.finish(`root ${index}`, 0);
    }
    const kept = ids(runs.snapshots(0).all);
    assert.equal(kept.length, 20);
    assert.equal(kept.at(-1), 'main 29');
  });
});

class FakeProcess implements TrackedProcess {
  closed = false;
  private warnings: Warning[] = [];

  constructor(
    readonly id: string,
    readonly parent?: string | undefined,
  ) {}

  warn(): this {
    this.warnings.push({ id: 'w', kind: 'blocking', message: 'blocked', count: 1 });
    return this;
  }

  snapshot(): ProcessSnapshot {
    return {
      session: this.id,
      name: this.id,
      pid: 1,
      threadId: 0,
      node: 'v24.0.0',
      state: this.closed ? 'ended' : 'running',
      tasks: [],
      warnings: this.warnings,
      loop: { utilization: 0, lagMs: { p50: 0, p99: 0, max: 0 } },
      dropped: { records: 0, sites: 0 },
    };
  }

  clearWarnings(): void {
    this.warnings = [];
  }

  close(): void {
    this.closed = true;
  }
}

function ids(processes: ProcessSnapshot[]): string[] {
  return processes.map(({ session }) => session);
}
