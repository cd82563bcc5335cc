import assert from 'node:assert/strict';
import { type Grouping, type Row, taskRows } from '../../../src/model/presenter/index.js';
import { TaskIndex } from '../../../src/model/taskIndex/taskIndex.js';
import { setTasks, type TaskPieces } from '../../../src/model/tasks/taskHistory.js';
import type { ProcessSnapshot, Task } from '../../../src/protocol/snapshot.js';
import { allRows, plainOptions } from '../../support/taskRows.js';
import { connected, entry, resource } from '../../support/wire.js';
import { place, processOf, snapshotOf, task } from '../../support/tasks.js';

describe('Rows that are not asked for', () => {
  it('are not made: of equal tasks only the first is looked at for the row that they share', () => {
    const labels = new Reads('inputs');
    const process = processOf([]);
    process.tasks = labels.of(jobs(500));
    const [group] = childrenOf(taskRows(snapshotOf(process), plainOptions)[0]);
    assert.equal(group?.isParent, true);
    assert.equal(labels.count, 1);
    assert.equal(childrenOf(group).length, 101);
    assert.equal(labels.count, 101);
  });

  it('have no tooltip made until it is asked for', () => {
    const tooltips = new Reads('runs');
    const process = processOf([]);
    process.tasks = tooltips.of(jobs(2));
    const rows = allRows(taskRows(snapshotOf(process), plainOptions));
    assert.deepEqual(
      rows.slice(1).map(({ label, description }) => `${label} ${description}`),
      Array.from({ length: 2 }, () => 'job awaiting · 1.2 s  job.ts:3'),
    );
    const before = tooltips.count;
    assert.match(rows[1]?.tooltip ?? '', /^job: async function, awaiting/);
    assert.deepEqual([before, tooltips.count > 0], [0, true]);
  });

  it('are made once', () => {
    const [process] = taskRows(snapshotOf(processOf(jobs(3))), plainOptions);
    assert.equal(process?.children, process?.children);
  });

  it('tell that they can be expanded exactly if there is something below them', () => {
    const waits = [task('1', 'outer', { awaits: ['2'] }), task('2', 'inner', { awaits: ['1'] })];
    for (const tasks of [waits, jobs(30), [task('1', 'server', { kind: 'handle' })]])
      for (const row of allRows(taskRows(snapshotOf(processOf(tasks)), plainOptions)))
        assert.equal(row.isParent, row.children.length > 0, row.id);
  });
});

describe('Ages of one picture', () => {
  it('are of one moment, however much later a text is made', () => {
    const { debuggee, poll } = connected();
    const outer = entry(1, 'outer', { bornMs: 100, waits: [2] });
    const inner = entry(2, 'inner', { bornMs: 200, waits: [3] });
    const detail = { timerMs: 9_000, armedMs: 200 };
    const waiting = [outer, inner, resource(3, 'Timeout', { bornMs: 200, detail })];
    const equal = Array.from({ length: 25 }, (_, at) => entry(10 + at, 'equal', { bornMs: 400 }));
    poll({ nowMs: 500, entries: [...waiting, ...equal] });
    const drawn = (atMs: number, grouping: Grouping = 'awaits'): (() => string[]) => {
      const snapshot = snapshotOf(debuggee.snapshot(atMs));
      const rows = taskRows(snapshot, { ...plainOptions, grouping });
      return () =>
        allRows(rows).map(({ label, description, tooltip }) => [label, description, tooltip].join('\n'));
    };
    const texts = (['awaits', 'site', 'type', 'age'] as const).map((grouping) => drawn(1_200, grouping));
    const now = texts.map((made) => made());
    assert.match(now[0]?.join('\n') ?? '', /^outer\n⟶ inner · 1\.1 s\n/m);
    assert.match(now[0]?.join('\n') ?? '', /^equal\n×25 · oldest 800 ms\n/m);
    debuggee.snapshot(3_000);
    assert.deepEqual(
      texts.map((made) => made()),
      now,
    );
    assert.match(drawn(3_000)().join('\n'), /^outer\n⟶ inner · 2\.9 s\n/m);
  });
});

describe('Tasks that have not changed since the last snapshot', () => {
  it('are not looked at again', () => {
    const places = new Reads('awaits');
    const history = {};
    const first = places.of(jobs(300));
    drawn(withTasks(first, history));
    const before = places.count;
    const next = [...first.slice(1, 100), ...jobs(1, 1000), ...first.slice(101), task('2000', 'late')];
    const rows = drawn(withTasks(next, history));
    assert.equal(places.count, before);
    assert.match(rows[1]?.description ?? '', /^×299 /);
    assert.equal(rows.at(-1)?.label, 'late');
  });
});

describe('A refresh', () => {
  it('passes over pieces in which nothing has changed', () => {
    let reads = 0;
    const large = new Proxy(jobs(300), {
      get(tasks, key) {
        reads++;
        return Reflect.get(tasks, key) as unknown;
      },
    });
    const history = {};
    assert.equal(taskCountOf(withPieces([large, jobs(5, 1_000)], history)), 305);
    const before = reads;
    assert.equal(taskCountOf(withPieces([large, jobs(7, 1_000)], history)), 307);
    assert.ok(reads - before < 10, `${reads - before} reads`);
  });

  it('looks into no task where none has changed', () => {
    const reads = new AllReads();
    const tasks = reads.of(jobs(300));
    assert.equal(taskCount(tasks), 300);
    const before = reads.count;
    assert.equal(taskCount(tasks), 300);
    assert.equal(reads.count, before);
  });

  it('looks into as many tasks whether few or very many have not changed', () => {
    const looked = [300, 30_000].map((count) => {
      const reads = new AllReads();
      const history = {};
      const first = reads.of(jobs(count));
      assert.match(groupText(withTasks(first, history)), /^×/);
      const before = reads.count;
      const next = [...first.slice(5, 100), ...first.slice(110), ...reads.of(jobs(20, 100_000))];
      assert.match(groupText(withTasks(next, history)), count === 300 ? /^×305 / : /^×30,005 /);
      return reads.count - before;
    });
    assert.equal(looked[0], looked[1]);
  });
});

function taskCount(tasks: Task[]): number {
  return taskCountOf({ ...processOf([]), tasks });
}

function taskCountOf(process: ProcessSnapshot): number {
  return TaskIndex.of(process, false).count;
}

/** A snapshot of them that follows those with the same history. */
function withTasks(tasks: Task[], history: object): ProcessSnapshot {
  return withPieces([tasks], history);
}

function withPieces(pieces: TaskPieces, history: object): ProcessSnapshot {
  const process = processOf([]);
  setTasks(process, { of: history, pieces });
  return process;
}

function groupText(process: ProcessSnapshot): string {
  return drawn(process)[1]?.description ?? '';
}

function drawn(process: ProcessSnapshot): Row[] {
  const rows = taskRows(snapshotOf(process), plainOptions);
  return [...rows, ...childrenOf(rows[0])];
}

function childrenOf(row: Row | undefined): readonly Row[] {
  return row?.children ?? [];
}

function jobs(count: number, from = 1): Task[] {
  return Array.from({ length: count }, (_, index) =>
    task(String(from + index), 'job', { awaitingAt: place('/shop/job.ts:3') }),
  );
}

/** Counts how often something of tasks is read. */
class Reads {
  count = 0;

  constructor(private readonly key: keyof Task) {}

  of(tasks: readonly Task[]): Task[] {
    return tasks.map((one) => {
      const value = one[this.key];
      return Object.defineProperty({ ...one }, this.key, {
        enumerable: true,
        get: () => {
          this.count++;
          return value;
        },
      });
    });
  }
}

/** Counts how often anything of tasks is read. */
class AllReads {
  count = 0;

  of(tasks: readonly Task[]): Task[] {
    return tasks.map(
      (one) =>
        new Proxy(one, {
          get: (target, key: keyof Task) => {
            this.count++;
            return target[key];
          },
        }),
    );
  }
}
