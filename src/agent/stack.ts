import { CaptureBudget } from './budget.js';
import { type Above, captureStack } from './capture.js';
import type { Place } from './place.js';
import { isAsyncFrame, Places } from './sites.js';

/** A stack with more frames than this is not searched for nested calls of one function. */
export const DEEPEST = 200;

/** Captures as little of the stack as tells what happened, and gives it as places. */
export class Stack {
  readonly places = new Places();
  readonly budget = new CaptureBudget();
  /** Frames of Node's hook dispatch that lie above the program's; changes with the other hooks in use. */
  private hookFrames = 0;
  /** The places last read, top first; `null` beyond the end. */
  top: Place | null = null;
  second: Place | null = null;
  third: Place | null = null;
  fourth: Place | null = null;

  /** Reads up to `count` (at most 4) places of the current call stack into `top`, `second` and so on. */
  read(above: Above, count: number): void {
    const wanted = count + this.hookFrames;
    let frames = captureStack(above, wanted);
    this.budget.captured(frames.length);
    if (this.hooksHaveChanged(frames, wanted)) frames = this.frames(above, count);
    const first = this.hookFrames;
    this.top = this.placeAt(frames, first);
    this.second = count > 1 && this.top !== null ? this.placeAt(frames, first + 1) : null;
    this.third = count > 2 && this.second !== null ? this.placeAt(frames, first + 2) : null;
    this.fourth = count > 3 && this.third !== null ? this.placeAt(frames, first + 3) : null;
  }

  /** The places of the current call stack, at most `limit`, without what was awaited before it. */
  all(above: Above, limit: number): Place[] {
    const frames = this.frames(above, limit);
    const found: Place[] = [];
    for (let i = this.hookFrames; i < frames.length; i++) {
      const place = this.placeAt(frames, i);
      if (place === null) break;
      found.push(place);
    }
    return found;
  }

  /** How many places the current call stack has, at most `DEEPEST`. */
  depth(above: Above): number {
    return this.all(above, DEEPEST).length;
  }

  private frames(above: Above, count: number): NodeJS.CallSite[] {
    for (;;) {
      const wanted = count + this.hookFrames;
      const frames = captureStack(above, wanted);
      this.budget.captured(frames.length);
      if (!this.hooksHaveChanged(frames, wanted)) return frames;
    }
  }

  /** Counts the frames of Node's dispatch. True: there are more than before, so that some of the wanted ones are missing. */
  private hooksHaveChanged(frames: NodeJS.CallSite[], wanted: number): boolean {
    let hookFrames = 0;
    while (hookFrames < frames.length && this.placeAt(frames, hookFrames)?.isHookFrame === true) hookFrames++;
    const isShort = hookFrames > this.hookFrames && frames.length === wanted;
    this.hookFrames = hookFrames;
    return isShort;
  }

  private placeAt(frames: NodeJS.CallSite[], index: number): Place | null {
    const frame = frames[index];
    if (frame === undefined || isAsyncFrame(frame)) return null;
    const place = this.places.of(frame);
    return place.isTickLoop ? null : place;
  }
}
