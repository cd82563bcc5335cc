import { type HeapGraph, NONE } from '../heap/heapGraph.js';

/** Code of a function: its script as V8 names it, and where it begins, from 1. */
export interface FunctionPlace {
  name: string;
  /** Empty: it has no script, as functions of V8 itself have none. */
  url: string;
  line: number;
  column: number;
}

/** Name and place of a closure. */
export function functionOf(heap: HeapGraph, closure: number): FunctionPlace {
  const shared = heap.follow(closure, 'shared');
  const script = [heap.follow(shared, 'script'), heap.follow(shared, 'script_or_debug_info')].find(
    (node) => node !== NONE,
  );
  const { line, column } = (closure === NONE ? undefined : heap.place(closure)) ?? { line: 0, column: 0 };
  return {
    name: closure === NONE ? '' : heap.name(closure),
    url: script === undefined ? '' : heap.name(script),
    line,
    column,
  };
}

/** The value of a variable in a context or in one around it. */
export function contextVariable(heap: HeapGraph, context: number, name: string): number {
  for (let at = context, hops = 0; at !== NONE && hops < MAX_CONTEXTS; hops++) {
    const found = heap.follow(at, name, 'context');
    if (found !== NONE) return found;
    at = heap.follow(at, 'previous');
  }
  return NONE;
}

/** Deeper than functions are nested in each other. */
const MAX_CONTEXTS = 100;
