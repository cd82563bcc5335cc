import type { HeapGraph } from '../heap/heapGraph.js';
import type { PromiseNodes } from './promiseNodes.js';
import type { SuspendedTask, TaskGraph } from './taskGraph.js';

interface ModuleNode {
  task: SuspendedTask | undefined;
  promise: number | undefined;
  parents: number[];
  children: number[];
}

/** Modules with a top-level await: they are tasks, and whoever imports them waits for them. */
export function readModules(heap: HeapGraph, promises: PromiseNodes, graph: TaskGraph): void {
  const modules = new Map<number, ModuleNode>();
  for (const node of heap.named(MODULE)) {
    if (heap.kind(node) !== 'hidden') continue;
    const hidden = heap.hiddenEdges(node).map(({ to }) => to);
    const task = hidden.map((to) => graph.tasks.get(to)).find((one) => one?.awaits !== undefined);
    if (task) {
      task.kind = 'module';
      task.name = task.url.replace(/^.*[\\/]/, '');
    }
    const parents = hidden
      .filter((to) => heap.name(to).includes('ArrayList'))
      .flatMap((list) => heap.edges(list).map(({ to }) => to))
      .filter((to) => to !== node && heap.isNamed(to, MODULE));
    modules.set(node, { task, promise: hidden.find((to) => promises.isPromise(to)), parents, children: [] });
  }
  for (const [node, { parents }] of modules)
    for (const parent of parents) modules.get(parent)?.children.push(node);
  for (const [node, { promise }] of modules) {
    if (promise === undefined) continue;
    for (const task of waitsFor(modules, node)) {
      if (task.promises.includes(promise)) continue;
      graph.addProducer(promise, { link: 'module', task });
      task.promises.push(promise);
    }
  }
}

/** The modules that one waits for: itself, or those that it imports and that have not ended. */
function waitsFor(modules: ReadonlyMap<number, ModuleNode>, top: number): SuspendedTask[] {
  const found: SuspendedTask[] = [];
  const seen = new Set([top]);
  for (const node of seen) {
    const { task, children = [] } = modules.get(node) ?? {};
    if (task) found.push(task);
    else for (const child of children) seen.add(child);
  }
  return found;
}

const MODULE = 'system / SourceTextModule';
