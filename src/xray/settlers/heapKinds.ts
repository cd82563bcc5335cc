import { type HeapGraph, NONE } from '../heap/heapGraph.js';
import { functionOf } from '../tasks/functions.js';
import type { ReadTasks } from '../tasks/readTasks.js';

/** What the nodes of a heap are for a person: native code, a module's variables, the global object. */
export class HeapKinds {
  private readonly heap: HeapGraph;
  private withoutContext: Set<string> | undefined;
  /** By context. */
  private readonly modules = new Map<number, boolean>();
  private readonly files = new Map<number, string>();

  constructor({ heap }: ReadTasks) {
    this.heap = heap;
  }

  /** The C++ object of Node behind a JavaScript object, by name. */
  nativeOf(node: number): string | undefined {
    const { heap } = this;
    if (heap.kind(node) !== 'object') return undefined;
    for (const { from, kind } of heap.retainers(node)) {
      if (kind === 'weak') continue;
      const name = heap.name(from);
      if (!name.startsWith('Node / ')) continue;
      const isObject = heap.kind(from) === 'native' || heap.kind(from) === 'synthetic';
      if (isObject && !NODES_OWN.test(name)) return name.slice('Node / '.length);
    }
    return undefined;
  }

  isNativeContext(node: number): boolean {
    return node !== NONE && this.heap.name(node).startsWith('system / NativeContext');
  }

  isContext(node: number): boolean {
    return this.heap.isNamed(node, 'system / Context');
  }

  isGlobal(node: number): boolean {
    return /^global\b/.test(this.heap.name(node));
  }

  /**
   * The context of a module, which everything in the module leads to: above it there is the native context alone. So is
   * that of a function in a module without a context of its own; there the functions beside it have the native context.
   */
  isModuleContext(context: number): boolean {
    let is = this.modules.get(context);
    if (is === undefined) this.modules.set(context, (is = this.looksLikeModule(context)));
    return is;
  }

  private looksLikeModule(context: number): boolean {
    const { heap } = this;
    if (!this.isNativeContext(heap.follow(context, 'previous'))) return false;
    this.withoutContext ??= this.filesWithoutContext();
    return !this.withoutContext.has(this.fileOfContext(context));
  }

  /** The script of a function that has this context, or one inside of it. */
  fileOfContext(context: number): string {
    let file = this.files.get(context);
    if (file === undefined) this.files.set(context, (file = this.findFile(context, 0)));
    return file;
  }

  private findFile(context: number, depth: number): string {
    const { heap } = this;
    const retainers = heap.retainers(context).slice(0, MOST_RETAINERS);
    for (const { from, name } of retainers) {
      if (name !== 'context' || heap.kind(from) !== 'closure') continue;
      const { url } = functionOf(heap, from);
      if (url !== '') return url;
    }
    if (depth > MOST_DEPTH) return '';
    for (const { from, name } of retainers) {
      if (name !== 'previous' || !this.isContext(from)) continue;
      const url = this.findFile(from, depth + 1);
      if (url !== '') return url;
    }
    return '';
  }

  private filesWithoutContext(): Set<string> {
    const { heap } = this;
    const files = new Set<string>();
    for (let node = 0; node < heap.size; node++) {
      if (heap.kind(node) !== 'closure' || !this.isNativeContext(heap.follow(node, 'context'))) continue;
      const { url, name, line, column } = functionOf(heap, node);
      const isWrapper = name === '' && line === 1 && column <= WRAPPER_COLUMN;
      if (url !== '' && !isWrapper) files.add(url);
    }
    return files;
  }
}

/** There is one for each thread or module of Node, and everything leads to it. */
const NODES_OWN =
  /Environment|Realm|BindingData|builtins|IsolateData|AsyncHooks|Alias|ContextifyScript|ModuleWrap/;
const MOST_RETAINERS = 300;
const MOST_DEPTH = 8;
/** Where the function begins that Node puts around a CommonJS module. */
const WRAPPER_COLUMN = 12;
