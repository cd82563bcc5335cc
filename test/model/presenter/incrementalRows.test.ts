import assert from 'node:assert/strict';
import {
  HiddenFiles,
  type Grouping,
  type Row,
  statusText,
  type TaskRowOptions,
  taskRows,
} from '../../../src/model/presenter/index.js';
import { setTasks, type TaskPieces } from '../../../src/model/tasks/taskHistory.js';
import type { ProcessSnapshot, Site, Snapshot, Task } from '../../../src/protocol/snapshot.js';
import { randomNumbers } from '../../support/randomNumbers.js';
import { place, processOf, snapshotOf, task } from '../../support/tasks.js';

type Random = (below: number) => number;

const REQUEST = 'HTTPSERVERREQUEST';
const GROUPINGS: readonly Grouping[] = ['awaits', 'site', 'type', 'age'];
const FILES = ['/shop/cart.ts', '/shop/node_modules/pg/query.js', 'node:internal/fs', '/shop/price.ts'];
const ROUNDS = 60;

describe('Rows of snapshots that follow one another', () => {
  for (const seed of [1, 2, 3, 4, 5, 6])
    it(`are those that each alone has, with the same ids (seed ${seed})`, () => {
      const random = randomNumbers(seed);
      const program = new RandomProgram(random);
      const hidden = new HiddenFiles(['**/cart.ts']);
      const someOptions = (): TaskRowOptions => ({
        grouping: GROUPINGS[random(6)] ?? 'awaits',
        filter: ['', '', 'load1', 'state:awaiting -load2', '"⟶ load"'][random(5)] ?? '',
        internals: random(4) === 0,
        ...(random(4) === 0 && { hidden: () => hidden }),
        maxRows: [500, 500, 7][random(3)] ?? 500,
      });
      for (let round = 0, options = someOptions(); round < ROUNDS; round++) {
        const snapshot = snapshotOf(program.next());
        if (random(4) === 0) options = someOptions();
        const alone = structuredClone(snapshot);
        const why = `round ${round} ${JSON.stringify(options)}`;
        // Now and then the next changes come while not all tasks were looked at.
        const rows =
          random(2) === 0 ? steppedRows(snapshot, options, random(3)) : taskRows(snapshot, options);
        if (rows) assert.deepEqual(told(rows), told(taskRows(alone, options)), why);
        if (random(3) > 0) assert.deepEqual(statusText(snapshot), statusText(alone), why);
      }
    });
});

/** Made again and again until all tasks were looked at; `undefined` where that takes more than so many times. */
function steppedRows(snapshot: Snapshot, options: TaskRowOptions, times: number): Row[] | undefined {
  for (let time = 0; time <= times * 20; time++) {
    const more: number[] = [];
    const rows = taskRows(snapshot, { ...options, steps: { tasks: 3, onMore: () => more.push(time) } });
    if (more.length === 0) return rows;
  }
  return undefined;
}

/** All that a view takes of rows. */
function told(rows: readonly Row[]): object[] {
  return rows.map(
    ({ id, label, description, tooltip, icon, color, isParent, expanded, context, children }) => {
      return [{ id, label, description, tooltip, icon, color, isParent, expanded, context }, told(children)];
    },
  );
}

/** Tasks that begin, change, wait for others and end; what does not change is the same object, only older. */
class RandomProgram {
  private readonly history = {};
  private alive: Task[] = [];
  private ended: Task[] = [];
  private shown = new Map<string, Task>();
  private pieces: TaskPieces = [];
  private born = 0;

  constructor(private readonly random: Random) {}

  next(): ProcessSnapshot {
    const { random } = this;
    // Now and then nothing changes, or very much does.
    const activity = [0, 5, 5, 5, 40][random(5)] ?? 5;
    for (const one of [...this.alive, ...this.ended]) age(one, 100);
    for (let count = random(activity * 3); count > 0; count--)
      this.alive.push(this.someTask(`${++this.born}`));
    this.alive = this.alive.map((one) => (random(100) < activity ? this.changed(one) : one));
    const ends = new Set(this.alive.filter(() => random(140) < activity).map(({ id }) => id));
    if (random(3) === 0) this.ended = this.ended.slice(random(4));
    for (const one of this.alive)
      if (ends.has(one.id) && random(2) === 0)
        this.ended.push({
          ...one,
          awaits: [],
          state: random(2) === 0 ? 'fulfilled' : 'rejected',
          endedAgoMs: 0,
        });
    this.alive = this.alive.filter(({ id }) => !ends.has(id));
    return this.snapshot();
  }

  private snapshot(): ProcessSnapshot {
    const lives = new Set(this.alive.map(({ id }) => id));
    const linked = [...this.alive, ...this.ended].map((one) => ({
      ...one,
      awaits: one.awaits.filter((id) => lives.has(id)),
    }));
    const process = processOf(linked);
    const shown = process.tasks.map((made) => {
      const before = this.shown.get(made.id);
      if (!before || JSON.stringify({ ...before, ...timesOf(made) }) !== JSON.stringify(made)) return made;
      return Object.assign(before, timesOf(made));
    });
    this.shown = new Map(shown.map((one) => [one.id, one]));
    const live = this.alive.length;
    this.pieces = [...this.divided(shown.slice(0, live)), ...this.divided(shown.slice(live))];
    setTasks(process, { of: this.history, pieces: this.pieces });
    return process;
  }

  /** Into pieces of the last time, where they are the same, and others. */
  private divided(tasks: readonly Task[]): TaskPieces {
    const pieces: (readonly Task[])[] = [];
    for (let from = 0, next: readonly Task[]; from < tasks.length; from += next.length) {
      const same = this.pieces.find((piece) => piece.every((one, at) => one === tasks[from + at]));
      next = same ?? tasks.slice(from, from + 1 + this.random(8));
      pieces.push(next);
    }
    return pieces;
  }

  /** What has created it stays, and a request stays one. */
  private changed({ id, type, createdBy, ageMs }: Task): Task {
    for (;;) {
      const other = { ...this.someTask(id), ageMs };
      delete other.createdBy;
      if ((other.type === REQUEST) === (type === REQUEST))
        return createdBy === undefined ? other : { ...other, createdBy };
    }
  }

  private someTask(id: string): Task {
    const { random } = this;
    const site = (): Site => place(`${FILES[random(12)] ?? FILES[0] ?? ''}:${random(6) === 0 ? 2 : 1}`);
    const others = this.alive.length;
    const awaits = Array.from(
      { length: Math.max(0, random(6) - 2) },
      () => this.alive[random(others)]?.id ?? id,
    );
    const by = this.alive[random(others * 2)]?.id;
    const over: Partial<Task> = {
      awaits: [...new Set(awaits)],
      ageMs: random(5) === 0 ? random(1000) : 1000 - this.born,
      ...(by !== undefined && { createdBy: by }),
    };
    switch (random(14)) {
      case 0:
        return task(id, 'GET /', { ...over, awaits: [], kind: 'operation', type: REQUEST });
      case 1:
        return task(id, 'connect', { ...over, awaits: [], kind: 'operation', type: 'TCPCONNECTWRAP' });
      case 2:
        return task(id, 'socket', { ...over, awaits: [], kind: 'handle', type: 'TCPWRAP' });
      case 3:
        return task(id, 'plumbing', {
          ...over,
          awaits: [],
          kind: 'operation',
          type: 'GETADDRINFOREQWRAP',
          internal: true,
        });
      case 4:
      case 5:
        return task(id, 'new Promise', { ...over, kind: 'promise', type: 'new Promise', createdAt: site() });
      case 6:
        return task(id, '.then', { ...over, kind: 'promise', type: '.then', createdAt: site() });
      default:
        return task(id, `load${random(12) === 0 ? random(3) : 1}`, {
          ...over,
          definedAt: site(),
          awaitingAt: site(),
          ...(random(20) === 0 && { circle: true }),
        });
    }
  }
}

function timesOf({ ageMs, endedAgoMs }: Task): Partial<Task> {
  return { ageMs, ...(endedAgoMs !== undefined && { endedAgoMs }) };
}

function age(one: Task, ms: number): void {
  if (one.endedAgoMs === undefined) one.ageMs += ms;
  else one.endedAgoMs += ms;
}
