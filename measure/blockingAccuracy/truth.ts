/** Which thread of which process, and when: milliseconds since the agent or a peer was loaded into the thread. */
export interface Moment {
  pid: number;
  threadId: number;
  startMs: number;
  durationMs: number;
}

/** A block as its program knows it. */
export interface Truth extends Moment {
  id: number;
  kind: string;
  place: string;
  /** Nothing followed in the callback. */
  isLast: boolean;
  /** Processor time of all threads of the process. */
  cpuMs: number;
  /** Time in the garbage collector, as Node told the program. */
  gcMs: number;
}

/** A block as somebody who watched has told it. */
export interface Reported extends Moment {
  /** Where it is only told that the block was somewhere between `startMs` and this. */
  endMs?: number;
  cause?: string;
  message?: string;
  site?: Line;
  /** Every line that is named: a peer gives a stack. */
  stack: Line[];
}

export interface Line {
  file: string;
  line: number;
}
