import type { ProcessSnapshot, Task } from '../../../src/protocol/snapshot.js';
import { Debugging } from './debugging.js';
import { projectFile } from './extension.js';

/** A source file of the sample shop. */
export function shopSource(name: string): string {
  return projectFile('examples', 'src', name);
}

/** Debugs the sample shop as its launch.json does. */
export function debugShop(): Promise<Debugging> {
  return Debugging.start({
    program: projectFile('examples', 'dist', 'shop.js'),
    outFiles: [projectFile('examples', 'dist', '**', '*.js')],
    skipFiles: ['<node_internals>/**'],
  });
}

/** The line of a source file, from 1, that holds a text. */
export function lineOf(source: string, text: string): number {
  const index = source.split('\n').findIndex((line) => line.includes(text));
  if (index < 0) throw new Error(`No line holds: ${text}`);
  return index + 1;
}

/** What a task waits for in the end: followed through what awaits what until nothing more is known. */
export function leaves(task: Task, { tasks }: ProcessSnapshot): Task[] {
  const byId = new Map(tasks.map((each) => [each.id, each]));
  const seen = new Set<string>();
  const follow = (each: Task): Task[] => {
    if (seen.has(each.id)) return [];
    seen.add(each.id);
    const next = each.awaits.flatMap((id) => byId.get(id) ?? []);
    return next.length === 0 ? [each] : next.flatMap(follow);
  };
  return follow(task);
}
