import { type HeapGraph, NONE } from '../heap/heapGraph.js';
import type { Anchor, Step } from './anchor.js';
import type { HeapKinds } from './heapKinds.js';

/**
 * How the program would name what holds a resolve function: `waiting.get("order-42").resolve`, `pool._pendingQueue[3]`.
 * It ends at the first function on the way: what is in the context of that is its own affair.
 */
export function expressionOf(heap: HeapGraph, kinds: HeapKinds, { node: root, steps }: Anchor): string {
  let text = '';
  let holder = root;
  let repeated = 0;
  for (const [at, step] of steps.entries()) {
    const { label, kind, node } = step;
    switch (kind) {
      case 'context':
        if (text === '') text = String(label);
        else if (kinds.isContext(holder)) text += ` › ${label}`;
        break;
      case 'property':
        if (typeof label !== 'string' || /^<symbol /.test(label)) break;
        if (text.endsWith(`.${label}`) && ++repeated > 1) break;
        text += text === '' ? label : /^[\w$#]+$/.test(label) ? `.${label}` : `[${JSON.stringify(label)}]`;
        break;
      case 'element':
        text += `[${label}]`;
        break;
      case 'internal':
        text += entryText(heap, holder, step);
        break;
      case 'hidden':
      case 'shortcut':
      case 'weak':
      case 'jump':
        break;
    }
    const isOwnAffair = heap.kind(node) === 'closure' && text !== '' && at > 0;
    if (isOwnAffair && steps[at + 1]?.kind !== 'property') break;
    holder = node;
  }
  return text || heap.name(root);
}

/** The entry of a Map by its key: in the table the key stands before the value. Numbers are not in a snapshot. */
function entryText(heap: HeapGraph, table: number, { label }: Step): string {
  if (heap.kind(table) !== 'array' || !/^\d+$/.test(String(label))) return '';
  const key = heap.follow(table, String(Number(label) - 1));
  if (key === NONE) return '.get(…)';
  const kind = heap.kind(key);
  if (kind === 'string') return `.get(${JSON.stringify(heap.name(key))})`;
  return kind === 'object' ? `.get(${heap.name(key)})` : '.get(…)';
}
