import { fineDurationText } from '../model/numbers.js';
import { plainText } from '../model/plainText.js';
import { intervalText } from '../recording/chromeTrace.js';
import { type Lane, LaneState } from '../recording/lanes.js';
import { laneName, lengthMs, placeOfLane } from '../recording/statistics.js';
import { siteText } from '../recording/texts.js';
import type { PageThread } from './pageRecordings.js';
import { firstEndingAfter } from './picture.js';

/** What is known of a lane as a whole. */
export interface LaneFacts {
  name: string;
  place: string;
  state: string;
  runs: number;
  busyMs: number;
  readyMs: number;
  awaitingMs: number;
  durationMs: number;
}

export function laneFacts({ lanes, recording }: PageThread, lane: Lane): LaneFacts {
  const facts: LaneFacts = {
    name: plainText(laneName(lane, lanes, recording)),
    place: plainText(siteText(placeOfLane(lane, lanes, recording))),
    state: stateText({ lanes, recording }, lane),
    runs: 0,
    busyMs: 0,
    readyMs: 0,
    awaitingMs: 0,
    durationMs: (lane.endMs ?? lanes.lastMs) - lane.startMs,
  };
  for (const index of lane.intervals) {
    const ms = lengthMs(lanes, index);
    switch (lanes.intervals.state[index] as LaneState) {
      case LaneState.Running:
        facts.runs++;
        facts.busyMs += ms;
        break;
      case LaneState.Ready:
        facts.readyMs += ms;
        break;
      case LaneState.Awaiting:
        facts.awaitingMs += ms;
        break;
      case LaneState.Unknown:
        break;
    }
  }
  return facts;
}

/** What a lane does at a moment, on the axis of all threads: one line. */
export function momentText({ lanes, recording }: PageThread, lane: Lane, atMs: number): string {
  const name = plainText(laneName(lane, lanes, recording));
  const index =
    lane.intervals[firstEndingAfter(lane.intervals, lanes.intervals.endMs, atMs - recording.offsetMs)];
  if (index === undefined || (lanes.intervals.startMs[index] as number) > atMs - recording.offsetMs)
    return name;
  const place = siteText(recording.places[lanes.intervals.place[index] as number]);
  const text = `${name} · ${intervalText(lanes, lane, index)} · ${fineDurationText(lengthMs(lanes, index))}`;
  return place === '' ? text : `${text} · ${plainText(place)}`;
}

/** The place that an interval of the lane at this moment has, else that of the lane. */
export function placeAt({ lanes, recording }: PageThread, lane: Lane, atMs: number): number {
  const index =
    lane.intervals[firstEndingAfter(lane.intervals, lanes.intervals.endMs, atMs - recording.offsetMs)];
  const place = index === undefined ? 0 : (lanes.intervals.place[index] as number);
  return place === 0 ? lane.place : place;
}

function stateText({ lanes, recording }: Pick<PageThread, 'lanes' | 'recording'>, lane: Lane): string {
  if (lane.endMs !== undefined)
    return recording.outcomes.get(lane.id) ?? (lane.isOperation ? 'ended' : 'settled');
  const last = lane.intervals.at(-1);
  return last === undefined ? '' : intervalText(lanes, lane, last);
}
