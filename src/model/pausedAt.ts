import type { ProcessSnapshot, Site, Task } from '../protocol/snapshot.js';
import type { WireFrame } from '../protocol/wire.js';
import { userFrameIndex } from './codeOrigin.js';
import { isFunctionTask } from './tasks/taskKinds.js';
import type { TaskPieces } from './tasks/taskHistory.js';

/** Where the function of a frame begins: line and column. */
export type FunctionStart = Pick<WireFrame, 'line' | 'column'>;

/** A frame of a program that the debugger holds; where its function begins, if the debugger has said so. */
export interface PausedFrame {
  at: WireFrame;
  begins: FunctionStart | undefined;
}

/**
 * Frames as the program tells them, with where their functions begin as the debugger does. It leaves out the scripts'
 * names, and the program the asynchronous frames.
 */
export function pausedFrames(stack: readonly WireFrame[], starts: readonly DebuggerFrame[]): PausedFrame[] {
  return stack.map((at) => ({
    at,
    begins: starts.find(
      ({ line, column, function: name }) =>
        line === at.line && column === at.column && name === at.function.replace(/^async /, ''),
    )?.begins,
  }));
}

/** A frame as the debugger tells it. */
export interface DebuggerFrame {
  line: number;
  column: number;
  function: string;
  begins: FunctionStart | undefined;
}

/**
 * Where the debugger stands, and the task that it stands in: the first function on the stack, from the top, that is
 * the only one of its kind to run. Of several that run one may have returned already.
 */
export function pausedAt(
  frames: readonly PausedFrame[],
  pieces: TaskPieces,
  resolve: (frame: WireFrame) => Site,
): NonNullable<ProcessSnapshot['paused']> {
  const top = frames[userFrameIndex(frames.map(({ at }) => at))] ?? frames[0];
  const paused: NonNullable<ProcessSnapshot['paused']> = {};
  if (top) paused.site = resolve(top.at);
  const running = runningByPlace(pieces);
  if (running.size === 0) return paused;
  for (const { at, begins } of frames) {
    const tasks = begins && running.get(placeOf(resolve({ ...at, ...begins })));
    if (!tasks) continue;
    const [task, ...others] = tasks;
    if (task && others.length === 0) Object.assign(paused, { task: task.id, taskSite: resolve(at) });
    break;
  }
  return paused;
}

/** The task that a frame of the Call Stack belongs to: one on the stack, or one that awaits there. */
export function taskAtFrame(
  place: Pick<Site, 'file' | 'line'>,
  frames: readonly PausedFrame[],
  pieces: TaskPieces,
  resolve: (frame: WireFrame) => Site,
): string | undefined {
  const isThere = (site: Site | undefined): boolean => site?.file === place.file && site.line === place.line;
  const index = frames.findIndex(({ at }) => isThere(resolve(at)));
  if (index >= 0) return pausedAt(frames.slice(index), pieces, resolve).task;
  const [waiting, ...others] = pieces.flatMap((piece) => piece.filter((task) => isThere(task.awaitingAt)));
  return others.length === 0 ? waiting?.id : undefined;
}

function runningByPlace(pieces: TaskPieces): Map<string, Task[]> {
  const running = new Map<string, Task[]>();
  for (const piece of pieces) {
    for (const task of piece) {
      if (task.state !== 'running' || !isFunctionTask(task) || !task.definedAt) continue;
      const place = placeOf(task.definedAt);
      running.set(place, [...(running.get(place) ?? []), task]);
    }
  }
  return running;
}

function placeOf({ file, line, column }: Site): string {
  return `${file}:${line}:${column}`;
}
