import { EventLog, kindOf } from '../recording/eventLog.js';
import { Lanes } from '../recording/lanes.js';
import type { SentThread } from '../recording/timelineMessages.js';
import type { Recording } from '../recording/threadRecording.js';

/** A thread as the page knows it. */
export interface PageThread {
  recording: Recording;
  lanes: Lanes;
  generation: number;
}

/** The threads that the host has told of, with all their events until now. */
export class PageRecordings {
  readonly threads: PageThread[] = [];

  add(sent: SentThread): void {
    const { session } = sent.thread;
    let found = this.threads.find(({ recording }) => recording.thread.session === session);
    if (found === undefined) {
      found = { recording: emptyRecording(sent), lanes: new Lanes(), generation: sent.generation };
      this.threads.push(found);
    } else if (found.generation !== sent.generation) {
      found.recording = emptyRecording(sent);
      found.lanes = new Lanes();
      found.generation = sent.generation;
    }
    const { recording, lanes } = found;
    const { kind, gap, place, id, value, timeMs } = sent.events;
    for (let row = 0; row < kind.length; row++) {
      const known = kindOf(kind[row] as number);
      if (known === undefined) continue;
      recording.log.push(
        known,
        gap[row] as number,
        place[row] as number,
        id[row] as number,
        timeMs[row] as number,
        value[row] as number,
      );
    }
    const { types, offsetMs, lostRows, blocks, thread } = sent;
    const places = [
      ...recording.places.slice(0, sent.firstPlace),
      ...sent.places.map((site) => site ?? undefined),
    ];
    const names = new Map([...recording.names, ...sent.names]);
    const outcomes = new Map([...recording.outcomes, ...sent.outcomes]);
    Object.assign(recording, { types, offsetMs, lostRows, blocks, thread, places, names, outcomes });
    lanes.update(recording.log, types);
  }

  /** Of all threads, on the axis that they share; `undefined` while there is nothing. */
  get range(): { startMs: number; endMs: number } | undefined {
    let startMs = Infinity;
    let endMs = -Infinity;
    for (const { recording, lanes } of this.threads) {
      startMs = Math.min(startMs, lanes.firstMs + recording.offsetMs);
      endMs = Math.max(endMs, lanes.lastMs + recording.offsetMs);
    }
    return startMs < endMs ? { startMs, endMs } : undefined;
  }
}

function emptyRecording({ thread }: SentThread): Recording {
  return {
    thread,
    log: new EventLog(),
    types: [],
    places: [],
    offsetMs: 0,
    lostRows: 0,
    blocks: [],
    names: new Map(),
    outcomes: new Map(),
  };
}
