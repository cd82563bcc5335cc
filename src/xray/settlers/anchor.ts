import type { SuspendedTask } from '../tasks/taskGraph.js';

/** One step from what holds to what is held. */
export interface Step {
  /** What is held. */
  readonly node: number;
  readonly label: string | number;
  readonly kind: 'property' | 'element' | 'context' | 'internal' | 'hidden' | 'shortcut' | 'weak' | 'jump';
  /** The holder is an array, a map or a list, and this is one of its entries. */
  readonly isEntry: boolean;
}

/** Something that may settle a promise, where the walk back from its resolve functions has stopped. */
export interface Anchor {
  readonly kind: 'operation' | 'native' | 'listener' | 'task' | 'variable';
  readonly node: number;
  /** Lower is what a person wants to read first. */
  readonly rank: number;
  readonly cost: number;
  /** The way to the resolve function. */
  readonly steps: readonly Step[];
  /** It was reached through an entry of a collection: that has the function, and not what is beyond. */
  readonly isQueued: boolean;
  readonly task?: SuspendedTask;
  /** Of a listener. */
  readonly event?: string;
  readonly emitter?: number;
  /** Of native code: how it is called. */
  readonly native?: string;
  /** Of a variable: its name, and its value's node. */
  readonly variable?: string;
}

export interface Walk {
  readonly anchors: readonly Anchor[];
  /** Everything was looked at that may lead to the resolve functions, and all of it was understood. */
  readonly isComplete: boolean;
}

export const RANK: Record<Anchor['kind'], number> = {
  operation: 0,
  native: 1,
  listener: 2,
  task: 4,
  variable: 5,
};
/** Of what is reached through a collection: the collection is what has the function. */
export const QUEUE_RANK = 3;
export const BEYOND_QUEUE = 6;
