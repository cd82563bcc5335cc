/** Environment variable by which `asyncdebug run` tells what it starts, and all that this starts, where it listens. */
export const RUN_VARIABLE = 'NODE_ASYNC_DEBUGGER_RUN';

export interface RunVariable {
  /** Path of the socket on which the tool listens, in a folder that only its user may enter; on Windows a named pipe. */
  socket: string;
  /** What a process says first there: nobody else knows it. */
  token: string;
  /** Process id of the nearest process above that has this variable, too; absent in what the tool itself has started. */
  by?: number;
  /** For the one process that the tool itself has started: it opens its inspector there. */
  inspector?: RunInspector;
}

export interface RunInspector {
  port: number;
  /** Where the inspector's address is to be written. */
  addressFile: string;
  /** Process id of the tool: when it is gone nobody will ever ask. */
  tool: number;
  /** NODE_OPTIONS for the processes that the program starts. */
  nodeOptions: string;
}

/** The first line of a process on the tool's socket. What follows are CDP messages, one a line. */
export interface ProcessHello {
  token: string;
  pid: number;
  by?: number;
  /** Name of the file that it was started with; empty where it has none. */
  name: string;
}

/** Name of the thread in the program that speaks for it there. It is not the program's own. */
export const BRIDGE_NAME = 'node-async-debugger';
