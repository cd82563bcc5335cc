/**
 * Tells a promise by one or two frames. While a debugger has enabled V8's Runtime domain, each stack is captured with up
 * to 200 frames, whatever its limit is. `util.getCallSites` stops where it is told to, but leaves builtins out and
 * does not say which function a frame belongs to. So it serves only at places of which whole stacks have told what
 * is made there, and that it is nothing else.
 */
import type { Place } from './place.js';
import type { Places } from './sites.js';

/** One of the frames that `getCallSites` gives; lines and columns are 1-based. */
export interface Frame {
  readonly scriptName: string;
  readonly lineNumber: number;
  readonly columnNumber: number;
}

type GetCallSites = (count: number, options: { sourceMap: boolean }) => Frame[];

const { getBuiltinModule } = process as {
  getBuiltinModule?: (id: string) => { getCallSites?: GetCallSites };
};

/**
 * Gives the frames of the function that calls it and of those below. `util` is not imported: a bundle looks at all that
 * an imported module has, and to look at some of that prepares `process.stderr` in the program's place.
 */
export const getCallSites: GetCallSites = getBuiltinModule?.('node:util').getCallSites ?? ((): Frame[] => []);
/** Of the code that runs, not of the sources that it was made from. */
export const AS_IT_RUNS = { sourceMap: false };

/** More places than this are not kept. */
const MAX_KEPT = 50_000;
/** Columns of a line, and more lines than a script has: together one number. */
const COLUMNS = 2 ** 26;

export class PartialStack {
  /** Whole stacks are dear, and there is another way. */
  isWanted = false;
  private readonly byScript = new Map<string, Map<number, Place>>();
  private kept = 0;
  private readonly awaits = new Set<Place>();
  /** By the place where a function is entered: those that call it. */
  private readonly callers = new Map<Place, Set<Place>>();
  /** Where builtins make promises that have a parent, too: those of awaits are not told from them. */
  private readonly excluded = new Set<Place>();
  /** Where `new Promise` is called, and what it is. */
  private readonly news = new Map<Place, Place>();

  constructor(private readonly places: Places) {}

  configure(areStacksDear: boolean): void {
    // Node 22.14 and later
    this.isWanted = areStacksDear && getCallSites(1, AS_IT_RUNS)[0]?.columnNumber !== undefined;
  }

  /** The place of a frame, if it is one of those learnt. */
  at(frame: Frame | undefined): Place | null {
    if (frame === undefined) return null;
    return this.byScript.get(frame.scriptName)?.get(keyOf(frame.lineNumber, frame.columnNumber)) ?? null;
  }

  isAwait(place: Place): boolean {
    return this.awaits.has(place);
  }

  isCall(entry: Place, caller: Place): boolean {
    return this.callers.get(entry)?.has(caller) === true;
  }

  /** What calls the executor, if `place` calls `new Promise`. */
  constructorAt(place: Place): Place | null {
    return this.news.get(place) ?? null;
  }

  /** A promise with a parent was made at `place`, and no builtin was above it. */
  learnAwait(place: Place): void {
    if (!this.isWanted || this.awaits.has(place) || this.excluded.has(place) || !this.keep(place)) return;
    this.awaits.add(place);
  }

  /** The async function that is entered at `entry` was called at `caller`. */
  learnCall(entry: Place, caller: Place): void {
    if (!this.isWanted || caller.isBuiltin || this.isCall(entry, caller)) return;
    if (!this.keep(entry) || !this.keep(caller)) return;
    const callers = this.callers.get(entry);
    if (callers === undefined) this.callers.set(entry, new Set([caller]));
    else callers.add(caller);
    this.kept++;
  }

  /** `new Promise` was called at `place`. Nothing else there makes a promise without a parent. */
  learnNew(place: Place, builtin: Place): void {
    if (!this.isWanted || place.isBuiltin || place.isInternal || this.news.has(place) || !this.keep(place))
      return;
    this.news.set(place, builtin);
  }

  /** A builtin that was called at `place` made a promise with a parent. */
  exclude(place: Place | null): void {
    if (!this.isWanted || place === null || this.excluded.has(place)) return;
    this.awaits.delete(place);
    // where no more are kept, nothing is learnt of it either
    if (this.kept >= MAX_KEPT) return;
    this.excluded.add(place);
    this.kept++;
  }

  /** False: there are too many, or it is not told from others. */
  private keep(place: Place): boolean {
    const position = this.places.positionOf(place);
    if (position === null || this.kept >= MAX_KEPT) return false;
    const { file, line, column } = position;
    let known = this.byScript.get(file);
    if (known === undefined) this.byScript.set(file, (known = new Map<number, Place>()));
    const key = keyOf(line, column);
    const other = known.get(key);
    if (other === undefined) {
      known.set(key, place);
      this.kept++;
    }
    return other === undefined || other === place;
  }
}

function keyOf(line: number, column: number): number {
  return line * COLUMNS + column;
}
