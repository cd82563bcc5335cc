/**
 * The last moment of a thread in which JavaScript may run: after its own `exit` listeners. A listener of ours would be
 * counted and warned of, so there is none until Node asks `process` for its `emit` to tell of the end, which it does
 * when the thread is `_exiting`.
 */
import { type Listener, listenOnce, thisProcess, whenEmitIsAsked } from './processEmit.js';

type AtEnd = (code: number) => void;

/**
 * Calls `run` when this thread ends, unless it is killed: before its own `exit` listeners, or after them where none of
 * these ends it at once.
 */
export function atThreadEnd(run: AtEnd, when: 'first' | 'last'): void {
  let isOver = false;
  whenEmitIsAsked((emit) => {
    if (!isOver && thisProcess._exiting === true) {
      isOver = true;
      const atEnd = run as Listener;
      if (when === 'first') listenOnce('exit', atEnd);
      else listenOnce('exit', () => {}, atEnd);
    }
    return emit;
  });
}
