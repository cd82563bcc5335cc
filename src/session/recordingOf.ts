import { isBlocking } from '../protocol/snapshot.js';
import type { Recording } from '../recording/threadRecording.js';
import type { DebuggeeSession } from './debuggeeSession.js';

/** What was recorded of a program until now; nothing of it changes any more. */
export function recordingOf({ debuggee, recording }: DebuggeeSession, atMs: number): Recording {
  const { session, parent, name, pid, threadId, node, warnings } = debuggee.snapshot(atMs);
  const blocks = warnings.filter(isBlocking).flatMap(({ episodes = [] }) => episodes);
  return {
    thread: { session, ...(parent === undefined ? {} : { parent }), name, pid, threadId, node },
    log: recording.log.slice(0),
    types: recording.types,
    places: debuggee.places(),
    offsetMs: debuggee.offsetMs,
    lostRows: recording.lostRows,
    blocks: blocks.map(({ startedMs, durationMs, cause, site }) => ({
      startedMs,
      durationMs,
      cause,
      ...(site && { site }),
    })),
    names: debuggee.givenNames(),
    outcomes: new Map(debuggee.outcomes),
  };
}
