import type { Site } from '../protocol/snapshot.js';
import { readRows, readSentRecording } from './sentRecording.js';
import { EventLog } from './eventLog.js';

/** Who a recording is of. */
export interface RecordedThread {
  /** As in a snapshot: unique in the recording. */
  session: string;
  parent?: string;
  name: string;
  pid: number;
  threadId: number;
  /** `process.version`. */
  node: string;
}

/** A block of the event loop, on the thread's clock. */
export interface RecordedBlock {
  startedMs: number;
  durationMs: number;
  cause: string;
  site?: Site;
}

/** What was recorded of one thread, with all that is needed to show it without the program. */
export interface Recording {
  thread: RecordedThread;
  log: EventLog;
  /** Async resource types by the index that events have. */
  types: readonly string[];
  /** Places by the index that events have; `undefined`: not known. */
  places: readonly (Site | undefined)[];
  /** Add to a time of the log to get that on the axis that all threads share. */
  offsetMs: number;
  /** Rows that the agent had overwritten before they were asked for. */
  lostRows: number;
  blocks: readonly RecordedBlock[];
  /** Names that the program gave, and how tasks ended, by their ids, where that is known. */
  names: ReadonlyMap<number, string>;
  outcomes: ReadonlyMap<number, 'fulfilled' | 'rejected'>;
}

/** More events than this are not kept: the oldest half goes. */
export const MAX_EVENTS = 2_000_000;

/** Collects what an agent sends of its recording, answer after answer. */
export class ReceivedEvents {
  log = new EventLog();
  types: readonly string[] = [''];
  /** The row to ask for next. */
  next = 0;
  lostRows = 0;
  /** Changes when the log is another one, and not only longer. */
  generation = 0;

  /** Checks it and adds it; says whether there is more. Throws a `ProtocolError`. */
  add(value: unknown): boolean {
    const sent = readSentRecording(value);
    if (sent.first < this.next) this.startAgain();
    else if (this.next > 0) this.lostRows += sent.first - this.next;
    for (const part of sent.parts) readRows(part, this.log);
    this.next = sent.next;
    this.types = sent.types;
    if (this.log.length > MAX_EVENTS) {
      this.lostRows += this.log.length - MAX_EVENTS / 2;
      this.log = this.log.slice(this.log.length - MAX_EVENTS / 2);
      this.generation++;
    }
    return sent.more;
  }

  /** The agent has begun to record anew. */
  private startAgain(): void {
    this.log = new EventLog();
    this.next = 0;
    this.generation++;
  }
}
