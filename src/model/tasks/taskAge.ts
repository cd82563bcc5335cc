import type { Task } from '../../protocol/snapshot.js';
import { timerLeft } from './taskNames.js';

/** The moment at which tasks are shown, on the debuggee's clock. */
export interface Moment {
  nowMs: number;
}

/** On the same clock; `dueMs`: of a timer. */
interface Times {
  readonly bornMs: number;
  readonly dueMs: number | undefined;
}

/** Returns its argument, so that a subclass puts its private fields on that object, where nobody sees them. */
function returning(given: object): object {
  return given;
}

const Returning = returning as unknown as new (given: object) => object;

class Ageing extends Returning {
  #moment: Moment;
  readonly #bornMs: number;
  readonly #dueMs: number | undefined;

  constructor(task: object, moment: Moment, { bornMs, dueMs }: Times) {
    super(task);
    this.#moment = moment;
    this.#bornMs = bornMs;
    this.#dueMs = dueMs;
  }

  static readonly isOne = (task: object): task is Ageing => #moment in task;

  static readonly ageMs = (task: object, atMs = Infinity): number => {
    return Math.max(0, (task as Ageing).#upTo(atMs) - (task as Ageing).#bornMs);
  };

  static readonly left = (task: object, atMs = Infinity): string | undefined => {
    const dueMs = (task as Ageing).#dueMs;
    return dueMs === undefined ? undefined : timerLeft(dueMs - (task as Ageing).#upTo(atMs));
  };

  #upTo(atMs: number): number {
    return Math.min(atMs, this.#moment.nowMs);
  }

  static readonly stop = (task: object): void => {
    (task as Ageing).#moment = { ...(task as Ageing).#moment };
  };
}

// The same for all tasks: V8 then keeps them as objects of one shape.
const AGE = property(Ageing.ageMs);
const LEFT = property(Ageing.left);

function property(read: (task: object) => unknown): PropertyDescriptor & ThisType<object> {
  return {
    enumerable: true,
    configurable: true,
    get() {
      return read(this);
    },
  };
}

/** Gives a task its age, and a timer what is left of it: they go on with the moment, and nobody touches the task. */
export function startAgeing(task: Omit<Task, 'ageMs'>, moment: Moment, times: Times): Task {
  new Ageing(task, moment, times);
  if (times.dueMs !== undefined) Object.defineProperty(task, 'detail', LEFT);
  return Object.defineProperty(task, 'ageMs', AGE) as Task;
}

/**
 * How old a task was at a moment on the debuggee's clock that has passed: texts that are made later than others of the
 * same picture tell the age of that. Without a moment: how old it is now.
 */
export function ageAt(task: Task, atMs?: number): number {
  return Ageing.isOne(task) ? Ageing.ageMs(task, atMs) : task.ageMs;
}

/** The detail of a task at such a moment: what was left of a timer then. */
export function detailAt(task: Task, atMs?: number): string | undefined {
  return (Ageing.isOne(task) ? Ageing.left(task, atMs) : undefined) ?? task.detail;
}

/** Leaves a task as old as it is at this moment. */
export const stopAgeing = Ageing.stop;
