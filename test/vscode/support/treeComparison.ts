import type { ProcessSnapshot, Site, Task } from '../../../src/protocol/snapshot.js';

/**
 * How the tree of one process differs from that of another one that runs the same program: a line for whatever one
 * has more often than the other. Ids, times and ports differ by nature. All else is compared: what a task is and does,
 * where, and who awaits and who made whom.
 */
export function treeDifferences(one: ProcessSnapshot, other: ProcessSnapshot): string[] {
  const tasks = [...sideOf(one, 0), ...sideOf(other, 1)];
  const byOwn = differencesBy(tasks, new Map(tasks.map((each) => [each, each.text])));
  return byOwn.length > 0 ? byOwn : differencesBy(tasks, linkedShapes(tasks));
}

/** What has ended is shown for a while only, so it depends on the moment. */
export function liveTasks({ tasks }: ProcessSnapshot): Task[] {
  return tasks.filter(({ state }) => state !== 'fulfilled' && state !== 'rejected');
}

/** A task of one of the two processes. */
interface SidedTask {
  side: 0 | 1;
  text: string;
  /** What it is linked to, by the kind of link. */
  links: SidedTask[][];
}

function sideOf(process: ProcessSnapshot, side: 0 | 1): SidedTask[] {
  const tasks = liveTasks(process);
  const byId = new Map<string, SidedTask>(
    tasks.map((task) => [task.id, { side, text: text(task), links: [] }]),
  );
  const linked = (ids: readonly string[]): SidedTask[] => ids.flatMap((id) => byId.get(id) ?? []);
  for (const { id, awaits, awaitedBy, createdBy } of tasks)
    byId
      .get(id)
      ?.links.push(linked(awaits), linked(awaitedBy), linked(createdBy === undefined ? [] : [createdBy]));
  return [...byId.values()];
}

/** Two tasks have the same shape if they are the same and are linked to tasks of the same shape, all the way. */
function linkedShapes(tasks: readonly SidedTask[]): Map<SidedTask, string> {
  let shapes = new Map(tasks.map((task) => [task, task.text]));
  for (let kinds = 0, before = -1; kinds !== before;) {
    const numbers = new Map<string, number>();
    const shapeOf = (task: SidedTask): string => shapes.get(task) ?? '';
    const next = new Map<SidedTask, string>();
    for (const task of tasks) {
      const whole = [shapeOf(task), ...task.links.map((links) => links.map(shapeOf).sort().join())].join('|');
      const number = numbers.get(whole) ?? numbers.size;
      numbers.set(whole, number);
      next.set(task, String(number));
    }
    shapes = next;
    [before, kinds] = [kinds, numbers.size];
  }
  return shapes;
}

function differencesBy(tasks: readonly SidedTask[], shapes: ReadonlyMap<SidedTask, string>): string[] {
  const counts = new Map<string, { text: string; of: [number, number] }>();
  for (const task of tasks) {
    const shape = shapes.get(task) ?? '';
    const count = counts.get(shape) ?? { text: task.text, of: [0, 0] };
    counts.set(shape, count);
    count.of[task.side]++;
  }
  return [...counts.values()]
    .filter(({ of: [here, there] }) => here !== there)
    .map(({ text, of: [here, there] }) => `${here} here, ${there} there: ${text}`);
}

function text(task: Task): string {
  const { kind, type, name, state, inputs, createdAt, definedAt, awaitingAt, circle, unpromised } = task;
  const facts = {
    kind,
    type,
    name: name.replace(/:\d+/, ':PORT'),
    state,
    inputs,
    createdAt: place(createdAt),
    definedAt: place(definedAt),
    awaitingAt: place(awaitingAt),
    circle,
    unpromised,
  };
  return JSON.stringify(facts);
}

function place(site: Site | undefined): string | undefined {
  return site && `${site.file}:${site.line}:${site.column} ${site.function ?? ''}`;
}
