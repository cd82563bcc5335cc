import type { Site } from '../protocol/snapshot.js';
import { type Lane, type Lanes, LaneState } from './lanes.js';
import type { Recording } from './threadRecording.js';

/** How long something took, over all times that it was seen. In milliseconds. */
export interface Distribution {
  count: number;
  totalMs: number;
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
  maxMs: number;
  /** How many were below 0.1 ms, below 1, 10, 100 and 1,000 ms, and longer. */
  histogram: number[];
}

/** What was seen of all calls of one function. */
export interface PlaceStatistics {
  name: string;
  site?: Site;
  /** Calls whose beginning was seen, and those that have settled. */
  calls: number;
  settled: number;
  rejected: number;
  /** Each time that it ran, could go on and did not, and awaited. */
  polls: Distribution;
  ready: Distribution;
  awaiting: Distribution;
  /** From the call until it settled. */
  durations: Distribution;
}

/** The awaits of one line. */
export interface AwaitStatistics {
  name: string;
  site?: Site;
  awaiting: Distribution;
}

export interface Statistics {
  places: PlaceStatistics[];
  awaits: AwaitStatistics[];
}

const LIMITS_MS = [0.1, 1, 10, 100, 1_000];

/** Of the tasks of all recordings, the functions that ran longest first; the awaits that lasted longest first. */
export function statisticsOf(recordings: readonly { recording: Recording; lanes: Lanes }[]): Statistics {
  const places = new Map<string, Sums>();
  const awaits = new Map<string, { name: string; site: Site | undefined; ms: number[] }>();
  for (const { recording, lanes } of recordings) {
    for (const lane of lanes.lanes) {
      if (lane.isOperation) continue;
      const site = placeOfLane(lane, lanes, recording);
      const key = keyOf(site);
      const sums = places.get(key) ?? new Sums(laneName(lane, lanes, recording), site);
      places.set(key, sums);
      sums.add(lane, lanes, recording);
      for (const index of lane.intervals) {
        if (lanes.intervals.state[index] !== LaneState.Awaiting) continue;
        const place = recording.places[lanes.intervals.place[index] as number];
        const awaitKey = keyOf(place);
        let found = awaits.get(awaitKey);
        if (found === undefined)
          awaits.set(awaitKey, (found = { name: place?.function ?? '', site: place, ms: [] }));
        found.ms.push(lengthMs(lanes, index));
      }
    }
  }
  return {
    places: [...places.values()]
      .map((sums) => sums.value())
      .sort((a, b) => b.polls.totalMs - a.polls.totalMs),
    awaits: [...awaits.values()]
      .map(({ name, site, ms }) => ({ name, ...(site && { site }), awaiting: distribution(ms) }))
      .sort((a, b) => b.awaiting.totalMs - a.awaiting.totalMs),
  };
}

export function distribution(ms: number[]): Distribution {
  const sorted = Float64Array.from(ms).sort();
  const histogram = [...LIMITS_MS, Infinity].map(() => 0);
  let totalMs = 0;
  for (const each of sorted) {
    totalMs += each;
    const bucket = LIMITS_MS.findIndex((limit) => each < limit);
    const at = bucket < 0 ? LIMITS_MS.length : bucket;
    histogram[at] = (histogram[at] as number) + 1;
  }
  return {
    count: sorted.length,
    totalMs,
    p50Ms: quantile(sorted, 0.5),
    p95Ms: quantile(sorted, 0.95),
    p99Ms: quantile(sorted, 0.99),
    maxMs: sorted.at(-1) ?? 0,
    histogram,
  };
}

/** The least of them that is at least as long as this share of all; 0 where there are none. */
function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

/** Of its function, or where that is not known of the first await of it that was seen. */
export function placeOfLane(lane: Lane, { intervals }: Lanes, { places }: Recording): Site | undefined {
  if (lane.place !== 0) return places[lane.place];
  for (const index of lane.intervals) {
    const place = intervals.place[index] as number;
    if (place !== 0) return places[place];
  }
  return undefined;
}

/** As the program calls it, else its function or sort. */
export function laneName(lane: Lane, lanes: Lanes, recording: Recording): string {
  const given = recording.names.get(lane.id);
  if (given !== undefined) return given;
  if (lane.isOperation) return lane.type;
  return placeOfLane(lane, lanes, recording)?.function || 'anonymous';
}

/** What was recorded of an interval; one that goes on lasts until the end of the recording. */
export function lengthMs({ intervals, lastMs }: Lanes, index: number): number {
  return Math.max(
    0,
    Math.min(intervals.endMs[index] as number, lastMs) - (intervals.startMs[index] as number),
  );
}

function keyOf(site: Site | undefined): string {
  return site === undefined ? '' : `${site.file}:${site.line}:${site.column}`;
}

class Sums {
  private calls = 0;
  private settled = 0;
  private rejected = 0;
  private readonly polls: number[] = [];
  private readonly ready: number[] = [];
  private readonly awaiting: number[] = [];
  private readonly durations: number[] = [];

  constructor(
    private readonly name: string,
    private readonly site: Site | undefined,
  ) {}

  add(lane: Lane, lanes: Lanes, { outcomes }: Recording): void {
    if (lane.isWhole) this.calls++;
    if (lane.hasSettled) this.settled++;
    if (outcomes.get(lane.id) === 'rejected') this.rejected++;
    if (lane.isWhole && lane.endMs !== undefined) this.durations.push(lane.endMs - lane.startMs);
    for (const index of lane.intervals) {
      const state = lanes.intervals.state[index] as LaneState;
      const list =
        state === LaneState.Running
          ? this.polls
          : state === LaneState.Ready
            ? this.ready
            : state === LaneState.Awaiting
              ? this.awaiting
              : undefined;
      list?.push(lengthMs(lanes, index));
    }
  }

  value(): PlaceStatistics {
    const { name, site, calls, settled, rejected } = this;
    return {
      name,
      ...(site && { site }),
      calls,
      settled,
      rejected,
      polls: distribution(this.polls),
      ready: distribution(this.ready),
      awaiting: distribution(this.awaiting),
      durations: distribution(this.durations),
    };
  }
}
