import { type Lane, Lanes, LaneState } from './lanes.js';
import { laneName, lengthMs } from './statistics.js';
import type { Recording } from './threadRecording.js';
import { CATEGORIES } from './waitCategory.js';
import { siteText } from './texts.js';

/** Colours of the Performance panel's custom tracks. */
const COLORS: Record<LaneState, string> = {
  [LaneState.Running]: 'primary-dark',
  [LaneState.Ready]: 'error',
  [LaneState.Awaiting]: 'primary-light',
  [LaneState.Unknown]: 'secondary-light',
};

/** More lanes than this make no picture there. */
const MAX_LANES = 5_000;

/**
 * The JSON that Chrome's Performance panel loads, with a custom track for each thread's tasks: user timings with
 * `detail.devtools`, as its extension format has them. Measures on one track must not overlap by halves, so that each task
 * has a track of its own in the thread's group.
 */
export function chromeTrace(recordings: readonly Recording[]): string {
  const events: unknown[] = [];
  let id = 0;
  for (const recording of recordings) {
    const { thread, offsetMs, blocks, log, types } = recording;
    const lanes = new Lanes();
    lanes.update(log, types);
    const pid = thread.pid || 1;
    const tid = thread.threadId + 1;
    events.push({ ph: 'M', name: 'process_name', pid, tid, ts: 0, args: { name: thread.name } });
    events.push({ ph: 'M', name: 'thread_name', pid, tid, ts: 0, args: { name: 'CrRendererMain' } });
    const measure = (name: string, startMs: number, durationMs: number, devtools: object): void => {
      const local = `0x${(++id).toString(16)}`;
      const common = { cat: 'blink.user_timing', name, pid, tid, id2: { local } };
      const detail = JSON.stringify({ devtools: { dataType: 'track-entry', ...devtools } });
      const startUs = (startMs + offsetMs) * 1_000;
      events.push({ ...common, ph: 'b', ts: startUs, args: { detail } });
      events.push({ ...common, ph: 'e', ts: startUs + durationMs * 1_000, args: {} });
    };
    const trackGroup = `Tasks of ${thread.name}`;
    for (const lane of lanes.lanes.slice(0, MAX_LANES)) {
      const name = laneName(lane, lanes, recording);
      for (const index of lane.intervals) {
        const state = lanes.intervals.state[index] as LaneState;
        measure(
          `${name}: ${intervalText(lanes, lane, index)}`,
          lanes.intervals.startMs[index] as number,
          lengthMs(lanes, index),
          {
            track: `${name} #${lane.id}`,
            trackGroup,
            color: COLORS[state],
            properties: [['Place', siteText(recording.places[lanes.intervals.place[index] as number])]],
          },
        );
      }
    }
    for (const { startedMs, durationMs, cause, site } of blocks)
      measure(`blocked: ${cause}`, startedMs, durationMs, {
        track: `Blocks of ${thread.name}`,
        color: 'error',
        properties: [['Place', siteText(site)]],
      });
  }
  return JSON.stringify({ traceEvents: events, displayTimeUnit: 'ms' });
}

/** What a task did in an interval. */
export function intervalText({ intervals }: Lanes, lane: Lane, index: number): string {
  switch (intervals.state[index] as LaneState) {
    case LaneState.Running:
      return 'running';
    case LaneState.Ready:
      return 'ready, waits for the loop';
    case LaneState.Awaiting: {
      const category = CATEGORIES[intervals.category[index] as number] ?? 'unknown';
      if (lane.isOperation) return 'in progress';
      return category === 'unknown' ? 'awaiting' : `awaiting (${category})`;
    }
    case LaneState.Unknown:
      return 'not seen';
  }
}
