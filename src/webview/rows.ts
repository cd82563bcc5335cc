import type { Lane } from '../recording/lanes.js';
import { laneName, placeOfLane } from '../recording/statistics.js';
import { siteText } from '../recording/texts.js';
import type { PageThread } from './pageRecordings.js';

/** A line of the picture: a thread with its loop, a heading, or a lane. */
export type PictureRow =
  | { type: 'thread'; thread: PageThread }
  | { type: 'place'; thread: PageThread; name: string; count: number }
  | { type: 'lane'; thread: PageThread; lane: Lane; depth: number };

export interface RowOptions {
  order: 'awaits' | 'place';
  search: string;
  operations: boolean;
}

const MAX_DEPTH = 12;

/**
 * The rows in their order: of each thread its lanes, those that are awaited below the one that awaits them. What has ended
 * before `sinceMs` is left out.
 */
export function pictureRows(
  threads: readonly PageThread[],
  options: RowOptions,
  sinceMs: number,
): PictureRow[] {
  const rows: PictureRow[] = [];
  for (const thread of threads) {
    rows.push({ type: 'thread', thread });
    const lanes = shownLanes(thread, options, sinceMs);
    if (options.order === 'awaits') addTree(rows, thread, lanes);
    else addPlaces(rows, thread, lanes);
  }
  return rows;
}

function shownLanes(
  { lanes, recording }: PageThread,
  { search, operations }: RowOptions,
  sinceMs: number,
): Lane[] {
  const wanted = search.trim().toLowerCase();
  return lanes.lanes.filter((lane) => {
    if (lane.isOperation && !operations) return false;
    if (lane.endMs !== undefined && lane.endMs + recording.offsetMs < sinceMs) return false;
    if (wanted === '') return true;
    const text = `${laneName(lane, lanes, recording)} ${siteText(placeOfLane(lane, lanes, recording))} #${lane.id}`;
    return text.toLowerCase().includes(wanted);
  });
}

function addTree(rows: PictureRow[], thread: PageThread, lanes: readonly Lane[]): void {
  const shown = new Set(lanes);
  const children = new Map<Lane, Lane[]>();
  const roots: Lane[] = [];
  for (const lane of lanes) {
    const above = thread.lanes.get(lane.awaiter) ?? thread.lanes.get(lane.by);
    // only what began before it can stand above it, so that there is no circle
    if (above === undefined || !shown.has(above) || above.id >= lane.id) roots.push(lane);
    else {
      const list = children.get(above);
      if (list === undefined) children.set(above, [lane]);
      else list.push(lane);
    }
  }
  const stack = roots.reverse().map((lane) => ({ lane, depth: 0 }));
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { lane, depth } = next;
    rows.push({ type: 'lane', thread, lane, depth });
    const below = children.get(lane) ?? [];
    for (let index = below.length - 1; index >= 0; index--)
      stack.push({ lane: below[index] as Lane, depth: Math.min(MAX_DEPTH, depth + 1) });
  }
}

function addPlaces(rows: PictureRow[], thread: PageThread, lanes: readonly Lane[]): void {
  const groups = new Map<string, Lane[]>();
  for (const lane of lanes) {
    const site = siteText(placeOfLane(lane, thread.lanes, thread.recording));
    const name = `${laneName(lane, thread.lanes, thread.recording)} ${site}`.trim();
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [lane]);
    else group.push(lane);
  }
  for (const [name, group] of groups) {
    rows.push({ type: 'place', thread, name, count: group.length });
    for (const lane of group) rows.push({ type: 'lane', thread, lane, depth: 1 });
  }
}
