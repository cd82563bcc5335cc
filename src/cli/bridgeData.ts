import type { ProcessHello } from './runVariable.js';

/** What the bridge's thread is given by the program's main thread. */
export interface BridgeData {
  socket: string;
  hello: ProcessHello;
  /** One number, shared with the main thread: a `Stage`. */
  stage: Int32Array;
}

export const Stage = { Open: 0, Over: 1 } as const;
