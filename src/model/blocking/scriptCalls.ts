import type { WireFrame } from '../../protocol/wire.js';
import type { CallFinder } from './blockingEpisode.js';
import { lastName } from './callNames.js';
import {
  callInEachRound,
  callsNothing,
  isLoop,
  lastCallBefore,
  nativeCallOn,
  nativeName,
  onlyAwait,
  onlyCallOfCallback,
  type TextPlace,
} from './sourceCalls.js';
import type { LineSamples } from './stackSamples.js';

/** Finds in the text of scripts what stacks leave open: which line made a native call, and what it called. */
export class ScriptCalls implements CallFinder {
  /** `text`: of a script as it runs; `undefined` while it is not known. */
  constructor(private readonly text: (url: string) => string | undefined) {}

  find(line: LineSamples): ReturnType<CallFinder['find']> {
    const { frame, stack, where, call, count } = line;
    const text = this.text(frame.url);
    if (text === undefined) return undefined;
    if (stack[0] === frame && callsNothing(text, frame)) return { callsNothing: true };
    if (where === 'at') {
      const { name: native } = named(nativeCallOn(text, frame.line));
      return call?.name === 'zlib' && native !== undefined ? { name: `zlib.${native}` } : named(native);
    }
    // where it was seen several times, a loop goes round: what stands before it is over
    if (count > 1 && isLoop(text, frame)) return {};
    const found = lastCallBefore(text, frame);
    return found && { frame: moved(frame, found), ...named(nativeName(found.name)) };
  }

  repeated({ frame }: LineSamples): ReturnType<CallFinder['repeated']> {
    const found = this.look(frame, callInEachRound);
    return found && { frame: moved(frame, found), name: lastName(found.name) };
  }

  callback(made: WireFrame, inMicrotasks: boolean): ReturnType<CallFinder['callback']> {
    const found = this.look(made, (text, place) => onlyCallOfCallback(text, place, inMicrotasks));
    const { name } = named(found?.name);
    return found && name !== undefined ? { frame: moved(made, found), name } : undefined;
  }

  resumption(head: WireFrame): WireFrame | undefined {
    const found = this.look(head, onlyAwait);
    return found && moved(head, found);
  }

  private look<Found>(
    frame: WireFrame,
    find: (text: string, place: TextPlace) => Found | undefined,
  ): Found | undefined {
    const text = this.text(frame.url);
    return text === undefined ? undefined : find(text, frame);
  }
}

function named(name: string | undefined): { name?: string } {
  if (name === undefined) return {};
  return { name: /^(?:JSON|Buffer)\./.test(name) ? name : lastName(name) };
}

function moved(frame: WireFrame, { line, column }: TextPlace): WireFrame {
  return { ...frame, line, column };
}
