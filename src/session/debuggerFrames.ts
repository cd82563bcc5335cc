import type { Protocol } from 'devtools-protocol';
import type { DebuggerFrame } from '../model/pausedAt.js';

/** The frames that the debugger has stopped the program in, top first; none where it does not tell. */
export function debuggerFrames(event: Partial<Protocol.Debugger.PausedEvent> | undefined): DebuggerFrame[] {
  return (event?.callFrames ?? [])
    .slice(0, MAX_FRAMES)
    .map(({ functionName, location, functionLocation }) => ({
      ...position(location),
      function: functionName,
      begins: functionLocation && position(functionLocation),
    }));
}

function position({ lineNumber, columnNumber = 0 }: Protocol.Debugger.Location): {
  line: number;
  column: number;
} {
  return { line: lineNumber + 1, column: columnNumber + 1 };
}

const MAX_FRAMES = 200;
