/** What the host and the page of the timeline say to each other. */
import type { RecordedBlock, RecordedThread } from './threadRecording.js';
import type { Site } from '../protocol/snapshot.js';
import type { Recording } from './threadRecording.js';

/** Columns of events, as in an `EventLog`. */
export interface SentEvents {
  kind: Uint8Array;
  gap: Uint8Array;
  place: Uint32Array;
  id: Uint32Array;
  value: Uint32Array;
  timeMs: Float64Array;
}

/** A thread with the events that the page has not got yet. */
export interface SentThread {
  thread: RecordedThread;
  /** Another number than before: the events begin again. */
  generation: number;
  events: SentEvents;
  types: readonly string[];
  /** Of the places that are new. A message has `null` where one is not known. */
  firstPlace: number;
  places: readonly (Site | undefined | null)[];
  offsetMs: number;
  lostRows: number;
  blocks: readonly RecordedBlock[];
  names: readonly [number, string][];
  outcomes: readonly [number, 'fulfilled' | 'rejected'][];
}

export type ToPage =
  | {
      type: 'threads';
      threads: SentThread[];
      /** `live`: more will come. `paused`: the debugger holds the program. */
      state: 'live' | 'paused' | 'still';
      /** On the axis that all threads share. */
      nowMs: number;
    }
  /** Every text of the page, by its English, in the language of the user. */
  | { type: 'texts'; texts: Readonly<Record<string, string>> }
  | { type: 'show'; session: string; id: number }
  /** Rows of the tasks at the end of a recording, as indented text. */
  | { type: 'tree'; text: string }
  | { type: 'compare'; lines: readonly string[][] };

export type FromPage =
  | { type: 'ready' }
  | { type: 'open'; session: string; place: number }
  | { type: 'select'; session: string; id: number };

/** A thread with its events from `firstEvent` and its places from `firstPlace` on. */
export function sentThread(
  recording: Recording,
  generation: number,
  firstEvent: number,
  firstPlace: number,
): SentThread {
  const { thread, log, types, places, offsetMs, lostRows, blocks, names, outcomes } = recording;
  const { kind, gap, place, id, value, timeMs } = log.slice(firstEvent);
  return {
    thread,
    generation,
    events: { kind, gap, place, id, value, timeMs },
    types,
    firstPlace,
    places: places.slice(firstPlace),
    offsetMs,
    lostRows,
    blocks,
    names: [...names],
    outcomes: [...outcomes],
  };
}
