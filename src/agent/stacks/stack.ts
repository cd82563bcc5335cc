import { CaptureBudget } from './budget.js';
import { type Above, captureStack } from './capture.js';
import { PartialStack, type Frame } from './partialStack.js';
import type { Place } from './place.js';
import { isAsyncFrame, Places } from './sites.js';

/** A stack with more frames than this is not searched for nested calls of one function. */
export const DEEPEST = 200;

/** Captures as little of the stack as tells what happened, and gives it as places. */
export class Stack {
  readonly places = new Places();
  readonly few = new PartialStack(this.places);
  readonly budget = new CaptureBudget();
  /** By hook: frames of Node's dispatch that lie above the program's; changes with the other hooks in use. */
  private readonly hookFrames = new WeakMap<Above, number>();
  /** The program's innermost place in the last stack, and its index there. */
  private first: Place | null = null;
  private firstIndex = 0;
  /** The places last read, top first; `null` beyond the end. */
  top: Place | null = null;
  second: Place | null = null;
  third: Place | null = null;
  fourth: Place | null = null;

  /** Reads up to `count` (at most 4) places of the current call stack into `top`, `second` and so on. */
  read(above: Above, count: number): void {
    this.readFrom(captureStack(above, this.wanted(above, count)), above, count);
  }

  /** How many frames to capture for so many of the program's. */
  wanted(above: Above, count: number): number {
    return count + (this.hookFrames.get(above) ?? 0);
  }

  /** The same from a stack of `wanted` frames that was just captured. */
  readFrom(captured: NodeJS.CallSite[], above: Above, count: number): void {
    const frames = this.complete(captured, above, count);
    const { firstIndex } = this;
    this.top = this.first;
    this.second = count > 1 && this.top !== null ? this.placeAt(frames, firstIndex + 1) : null;
    this.third = count > 2 && this.second !== null ? this.placeAt(frames, firstIndex + 2) : null;
    this.fourth = count > 3 && this.third !== null ? this.placeAt(frames, firstIndex + 3) : null;
  }

  /**
   * Reads one place or two from the frames that the hook `above` was given for as many as are `wanted`, and its own.
   * False: what lies there has not been learnt.
   */
  readFew(frames: Frame[], above: Above, count: 1 | 2): boolean {
    this.budget.captured(frames.length);
    const { few } = this;
    const first = this.wanted(above, 1);
    // if Node's dispatch has become shorter, what seems to be the top is not
    if (first > 1 && frames[first - 1]?.scriptName.startsWith('node:') !== true) return false;
    this.top = few.at(frames[first]);
    this.second = count > 1 ? few.at(frames[first + 1]) : null;
    this.third = this.fourth = null;
    const builtin = count > 1 && this.top !== null ? few.constructorAt(this.top) : null;
    if (builtin !== null) {
      this.second = this.top;
      this.top = builtin;
    }
    return this.top !== null && (count === 1 || this.second !== null);
  }

  /** The places of the current call stack, at most `limit`, without what was awaited before it. */
  all(above: Above, limit: number): Place[] {
    return this.allFrom(captureStack(above, this.wanted(above, limit)), above, limit);
  }

  /** The same from a stack of `wanted` frames that was just captured. */
  allFrom(captured: NodeJS.CallSite[], above: Above, limit: number): Place[] {
    const frames = this.complete(captured, above, limit);
    const found: Place[] = [];
    let place = this.first;
    for (let i = this.firstIndex; place !== null; place = this.placeAt(frames, ++i)) found.push(place);
    return found;
  }

  /** How many places the current call stack has, at most `DEEPEST`. */
  depth(above: Above): number {
    return this.all(above, DEEPEST).length;
  }

  /** The captured frames; captured once more if the program's are not all among them. Finds `first`. */
  private complete(captured: NodeJS.CallSite[], above: Above, count: number): NodeJS.CallSite[] {
    let frames = captured;
    this.budget.captured(frames.length);
    while (this.isShort(frames, above, count)) {
      frames = captureStack(above, this.wanted(above, count));
      this.budget.captured(frames.length);
    }
    return frames;
  }

  /** Whether there are more frames of Node's dispatch than before, so that some of the wanted ones are missing. */
  private isShort(frames: NodeJS.CallSite[], above: Above, count: number): boolean {
    let index = 0;
    let place = this.placeAt(frames, 0);
    while (place?.isHookFrame === true) place = this.placeAt(frames, ++index);
    this.first = place;
    this.firstIndex = index;
    const before = this.wanted(above, 0);
    if (index !== before) this.hookFrames.set(above, index);
    return index > before && frames.length === before + count;
  }

  private placeAt(frames: NodeJS.CallSite[], index: number): Place | null {
    const frame = frames[index];
    if (frame === undefined || isAsyncFrame(frame)) return null;
    const place = this.places.of(frame);
    return place.isTickLoop ? null : place;
  }
}
