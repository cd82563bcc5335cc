import { fineDurationText, formatCount } from '../model/numbers.js';
import { plainText } from '../model/plainText.js';
import { Lanes } from './lanes.js';
import { type PlaceStatistics, statisticsOf } from './statistics.js';
import { siteText } from './texts.js';
import type { Recording } from './threadRecording.js';

/** What is new, gone, slower or quicker in the second recording: a head and a line for each function. */
export function comparisonLines(before: readonly Recording[], after: readonly Recording[]): string[][] {
  const first = byPlace(before);
  const second = byPlace(after);
  const lines = [...new Set([...first.keys(), ...second.keys()])].map((key) => {
    const [old, now] = [first.get(key), second.get(key)];
    const place = (now ?? old) as PlaceStatistics;
    return {
      by: Math.abs((now?.durations.p50Ms ?? 0) - (old?.durations.p50Ms ?? 0)),
      cells: [
        plainText(place.name),
        plainText(siteText(place.site)),
        old === undefined ? 'new' : now === undefined ? 'gone' : change(old, now),
        pair(old?.calls, now?.calls, formatCount),
        pair(old?.durations.p50Ms, now?.durations.p50Ms, fineDurationText),
        pair(old?.durations.p95Ms, now?.durations.p95Ms, fineDurationText),
        pair(old?.polls.totalMs, now?.polls.totalMs, fineDurationText),
        pair(old?.ready.totalMs, now?.ready.totalMs, fineDurationText),
        pair(old?.awaiting.totalMs, now?.awaiting.totalMs, fineDurationText),
      ],
    };
  });
  return [
    ['Function', 'Place', 'Change', 'Calls', 'p50', 'p95', 'Busy', 'Ready', 'Awaiting'],
    ...lines.sort((a, b) => b.by - a.by).map(({ cells }) => cells),
  ];
}

/** Half of the calls take this much longer or shorter: less is chance. */
const FACTOR = 1.25;

function change(old: PlaceStatistics, now: PlaceStatistics): string {
  const [before, after] = [old.durations, now.durations];
  if (before.count === 0 || after.count === 0) return '';
  if (after.p50Ms > before.p50Ms * FACTOR) return 'slower';
  return after.p50Ms * FACTOR < before.p50Ms ? 'quicker' : '';
}

function pair(old: number | undefined, now: number | undefined, text: (value: number) => string): string {
  return `${old === undefined ? '–' : text(old)} → ${now === undefined ? '–' : text(now)}`;
}

/** Lines move from one recording to the next: a function is known by its file and name. */
function byPlace(recordings: readonly Recording[]): Map<string, PlaceStatistics> {
  const all = recordings.map((recording) => {
    const lanes = new Lanes();
    lanes.update(recording.log, recording.types);
    return { recording, lanes };
  });
  return new Map(statisticsOf(all).places.map((place) => [`${place.site?.file ?? ''} ${place.name}`, place]));
}
