import type { WireFrame } from '../../protocol/wire.js';
import type { CallFinder } from './blockDiagnosis.js';
import { lastName } from './callNames.js';
import { nativeName } from './nativeNames.js';
import type { ScriptCode, TextPlace } from '../scriptCode.js';
import type { LineSamples } from './stackSamples.js';

/** Finds in the text of scripts what stacks leave open: which line made a native call, and what it called. */
export class ScriptCalls implements CallFinder {
  /** `code`: of a script as it runs; `undefined` while it is not known, or if it cannot be read. */
  constructor(private readonly code: (url: string) => ScriptCode | undefined) {}

  find(line: LineSamples): ReturnType<CallFinder['find']> {
    const { frame, stack, where, call, count } = line;
    const code = this.code(frame.url);
    if (code === undefined) return undefined;
    if (stack[0] === frame && code.callsNothing(frame)) return { callsNothing: true };
    if (where === 'at') {
      const calls = code.callsOn(frame.line);
      return call?.name === 'zlib' ? named(zlibName(calls)) : named(onlyNative(calls));
    }
    // where it was seen several times, a loop goes round: what stands before it is over
    if (count > 1 && code.isLoop(frame)) return {};
    const found = code.lastCallBefore(frame);
    return found && { frame: moved(frame, found), ...named(nativeName(found.name)) };
  }

  repeated({ frame }: LineSamples): ReturnType<CallFinder['repeated']> {
    const found = this.code(frame.url)?.callInEachRound(frame);
    return found && { frame: moved(frame, found), name: lastName(found.name) };
  }

  callback(made: WireFrame, inMicrotasks: boolean): ReturnType<CallFinder['callback']> {
    const found = this.code(made.url)?.onlyCallOfCallback(made, inMicrotasks);
    const { name } = named(found?.name);
    return found && name !== undefined ? { frame: moved(made, found), name } : undefined;
  }

  resumption(head: WireFrame): WireFrame | undefined {
    const found = this.code(head.url)?.onlyAwait(head);
    return found && moved(head, found);
  }
}

/** The native code that a line calls. Functions of the program would have answered, what has no name may be native. */
function onlyNative(calls: readonly string[]): string | undefined {
  const [name, ...others] = new Set(calls.filter((call) => nativeName(call) !== undefined));
  return others.length === 0 && !calls.includes('') ? name : undefined;
}

/** All functions of `zlib` look the same in a stack. */
function zlibName(calls: readonly string[]): string | undefined {
  const [name, ...others] = new Set(calls.map(lastName).filter((call) => call.endsWith('Sync')));
  return name !== undefined && others.length === 0 ? `zlib.${name}` : undefined;
}

function named(name: string | undefined): { name?: string } {
  if (name === undefined) return {};
  return { name: /^(?:JSON|Buffer|zlib)\./.test(name) ? name : lastName(name) };
}

function moved(frame: WireFrame, { line, column }: TextPlace): WireFrame {
  return { ...frame, line, column };
}
