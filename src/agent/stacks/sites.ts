/**
 * Places in the program's source, interned: each (script, position) is one `Place` with a small number. What
 * the hooks need to know of a frame is worked out once, when its place is first seen.
 */
import type { WireSite } from '../../protocol/wire.js';
import { type Place, type PlaceFacts, placeOf } from './place.js';

/** Whether a promise without parent, made at some place of a function, means that the function was entered. */
export const enum Entry {
  No,
  /** It may also be a promise that native code made there; an await in the function will tell. */
  Maybe,
  Yes,
}

/** What is learnt of a function while it runs. */
class FunctionFacts {
  /** Least position at which a promise without parent was made. */
  entry = -1;
  isAsync = false;
  /** Site id of the function's own position, once it was asked for. */
  head = 0;

  constructor(
    readonly file: string,
    readonly line: number,
    readonly column: number,
    readonly name: string,
  ) {}
}

/** What the file and the name of a function tell. */
function codeFacts(file: string, name: string): PlaceFacts {
  // the agent's own, where it stands in for a method of a library
  if (file === OWN_FILE) return { isInternal: true };
  if (!file.startsWith('node:')) return { isDependency: /[\\/]node_modules[\\/]/.test(file) };
  return {
    isInternal: true,
    isTickLoop: file === 'node:internal/process/task_queues' && TICK_LOOPS.has(name),
    isModuleJob: file === 'node:internal/modules/esm/module_job',
    isModuleLinker: file.startsWith('node:internal/modules/') || file === 'node:internal/vm/module',
    isFetch: file === 'node:internal/deps/undici/undici' && name === 'fetch',
  };
}

const OWN_FILE = typeof __filename === 'string' ? __filename : '';

/** Functions of Node that drain ticks and microtasks, after a callback and between two timers. */
const TICK_LOOPS = new Set(['processTicksAndRejections', 'runNextTicks']);

/** Methods of generators and of iterators. */
const REQUESTS = new Set(['next', 'return', 'throw']);

/** More places than this are counted, not kept. */
const MAX_PLACES = 200_000;

export class Places {
  private readonly builtins = new Map<string, Place>();
  private readonly byScript = new Map<string, Map<number, Place>>();
  private readonly functions = new Map<string, number>();
  private readonly facts: FunctionFacts[] = [new FunctionFacts('', 0, 0, '')];
  private lastFile: string | null = null;
  private lastPlaces = new Map<number, Place>();
  private readonly scriptIndexes = new Map<string, number>();
  private readonly scripts: string[] = [''];
  private readonly sites: WireSite[] = [{ script: 0, line: 0, column: 0, function: '' }];
  private scriptsSent = 0;
  private sitesSent = 0;
  dropped = 0;

  of(frame: NodeJS.CallSite): Place {
    const file = frame.getFileName() ?? evalName(frame);
    if (file === null) return this.builtin(frame);
    let places = this.lastPlaces;
    if (file !== this.lastFile) {
      const known = this.byScript.get(file);
      if (known === undefined) this.byScript.set(file, (places = new Map<number, Place>()));
      else places = known;
      this.lastFile = file;
      this.lastPlaces = places;
    }
    const position = (frame as PositionedCallSite).getPosition();
    return places.get(position) ?? this.add(frame, file, position, places);
  }

  /** What a promise without parent that was made at `place` means. */
  entryAt(place: Place): Entry {
    const facts = this.facts[place.fn];
    if (facts === undefined) return Entry.No;
    const { position } = place;
    if (facts.isAsync) return facts.entry === position ? Entry.Yes : Entry.No;
    if (place.looksLikeEntry) {
      facts.entry = position;
      facts.isAsync = true;
      return Entry.Yes;
    }
    if (facts.entry !== -1 && position > facts.entry) return Entry.No;
    facts.entry = position;
    return Entry.Maybe;
  }

  /** An await was seen in the function, so it is async, and is entered at the first place seen. */
  learnEntry(fn: number): void {
    const facts = this.facts[fn];
    if (facts !== undefined) facts.isAsync = true;
  }

  /** Site id of the function that `place` lies in. */
  headOf(place: Place): number {
    const facts = this.facts[place.fn];
    if (facts === undefined || place.fn === 0) return place.id;
    const { file, line, column, name } = facts;
    if (facts.head === 0) facts.head = this.site(file, line, column, name);
    return facts.head;
  }

  /** Where `place` lies, by what V8 calls its script; `null` where it has no site. */
  positionOf(place: Place): { file: string; line: number; column: number } | null {
    const site = place.id === 0 ? undefined : this.sites[place.id];
    const file = site === undefined ? undefined : this.scripts[site.script];
    return site === undefined || file === undefined ? null : { file, line: site.line, column: site.column };
  }

  takeNewScripts(): string[] {
    const fresh = this.scripts.slice(this.scriptsSent);
    this.scriptsSent = this.scripts.length;
    return fresh;
  }

  takeNewSites(): WireSite[] {
    const fresh = this.sites.slice(this.sitesSent);
    this.sitesSent = this.sites.length;
    return fresh;
  }

  forgetSent(): void {
    this.scriptsSent = 0;
    this.sitesSent = 0;
  }

  private builtin(frame: NodeJS.CallSite): Place {
    const name = frame.getFunctionName() ?? '';
    const isConstructor = frame.isConstructor();
    const fromSync = REQUESTS.has(name) && typeName(frame) === 'Async-from-Sync Iterator';
    const key = (isConstructor ? 'new ' : fromSync ? 'sync ' : '') + name;
    let place = this.builtins.get(key);
    if (place === undefined) {
      const shown = fromSync ? `sync ${name}` : name;
      place = placeOf(0, shown, 0, 0, { isBuiltin: true, isConstructor });
      this.builtins.set(key, place);
    }
    return place;
  }

  private add(frame: NodeJS.CallSite, file: string, position: number, places: Map<number, Place>): Place {
    const line = frame.getLineNumber() ?? 1;
    const column = frame.getColumnNumber() ?? 1;
    const name = frame.getFunctionName() ?? '';
    const enclosingLine = (frame as PositionedCallSite).getEnclosingLineNumber();
    const enclosingColumn = (frame as PositionedCallSite).getEnclosingColumnNumber();
    const isHookFrame = file === 'node:internal/promise_hooks' || file === 'node:internal/async_hooks';
    const isModule = enclosingLine === 1 && enclosingColumn === 1 && name === '';
    const id = isHookFrame ? 0 : this.site(file, line, column, name);
    const facts: PlaceFacts = isHookFrame
      ? { isHookFrame, isInternal: true }
      : {
          ...codeFacts(file, name),
          isModule,
          looksLikeEntry: isModule
            ? position === 0
            : line === enclosingLine && isEntryDistance(column - enclosingColumn, name),
        };
    const fn = this.functionId(file, enclosingLine, enclosingColumn, name);
    const place = placeOf(id, name, fn, position, facts);
    if (places.size < MAX_PLACES) places.set(position, place);
    return place;
  }

  private site(file: string, line: number, column: number, name: string): number {
    const id = this.sites.length;
    if (id >= MAX_PLACES) {
      this.dropped++;
      return 0;
    }
    this.sites.push({ script: this.scriptIndex(file), line, column, function: name });
    return id;
  }

  private functionId(file: string, line: number, column: number, name: string): number {
    const key = `${file}|${line}:${column}`;
    let id = this.functions.get(key);
    if (id === undefined) {
      id = this.facts.length;
      this.functions.set(key, id);
      this.facts.push(new FunctionFacts(file, line, column, name));
    }
    return id;
  }

  private scriptIndex(file: string): number {
    let index = this.scriptIndexes.get(file);
    if (index === undefined) {
      index = this.scripts.length;
      this.scriptIndexes.set(file, index);
      this.scripts.push(file);
    }
    return index;
  }
}

/** Methods of V8's call sites that the type declarations lack. */
interface PositionedCallSite extends NodeJS.CallSite {
  getPosition(): number;
  getEnclosingLineNumber(): number;
  getEnclosingColumnNumber(): number;
  getScriptNameOrSourceURL(): string | null;
  isAsync(): boolean;
}

export function isAsyncFrame(frame: NodeJS.CallSite): boolean {
  return (frame as PositionedCallSite).isAsync();
}

/** File, or for evaluated code its `sourceURL`. */
export function scriptName(frame: NodeJS.CallSite): string | null {
  return frame.getFileName() ?? (frame as PositionedCallSite).getScriptNameOrSourceURL();
}

function evalName(frame: NodeJS.CallSite): string | null {
  if (!frame.isEval()) return null;
  return (frame as PositionedCallSite).getScriptNameOrSourceURL() ?? frame.getEvalOrigin() ?? 'eval';
}

function typeName(frame: NodeJS.CallSite): string | null {
  try {
    return frame.getTypeName();
  } catch {
    return null;
  }
}

const KEYWORDS = ['async ', 'async function ', 'async*', 'async *', 'async function* ', 'async function *'];

/**
 * V8 enters an async function at its opening parenthesis, and counts the function from its first keyword:
 * the two are as far apart as `async name` or `async function name` is long; an arrow function is entered
 * where it begins. Whatever is written otherwise is learnt at its first await.
 */
function isEntryDistance(distance: number, name: string): boolean {
  if (distance === 0 || distance === 14 || distance === 15) return true;
  const dot = name.lastIndexOf('.');
  const plain = dot === -1 ? name.length : name.length - dot - 1;
  for (const keyword of KEYWORDS) if (distance === keyword.length + plain) return true;
  return false;
}
