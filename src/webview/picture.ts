import { type Lane, LaneState } from '../recording/lanes.js';
import { laneName } from '../recording/statistics.js';
import { CATEGORIES } from '../recording/waitCategory.js';
import type { PageThread } from './pageRecordings.js';
import type { PictureRow } from './rows.js';
import type { Theme } from './theme.js';

export const ROW_PX = 20;
export const AXIS_PX = 20;

/** What of the axis is shown, and where. */
export interface Viewport {
  startMs: number;
  endMs: number;
  scrollTop: number;
  width: number;
  height: number;
  /** Width of the names. */
  gutter: number;
}

export function xOf(atMs: number, { startMs, endMs, gutter, width }: Viewport): number {
  return gutter + ((atMs - startMs) / (endMs - startMs)) * (width - gutter);
}

export function timeAt(x: number, { startMs, endMs, gutter, width }: Viewport): number {
  return startMs + ((x - gutter) / Math.max(1, width - gutter)) * (endMs - startMs);
}

/** Draws the rows that can be seen, and of those no more than there are pixels. */
export function drawPicture(
  context: CanvasRenderingContext2D,
  rows: readonly PictureRow[],
  view: Viewport,
  theme: Theme,
  selected: { lane: Lane | undefined; atMs: number | undefined; originMs: number },
): void {
  context.fillStyle = theme.background;
  context.fillRect(0, 0, view.width, view.height);
  context.font = theme.font;
  context.textBaseline = 'middle';
  const first = Math.max(0, Math.floor(view.scrollTop / ROW_PX));
  const last = Math.min(rows.length, Math.ceil((view.scrollTop + view.height) / ROW_PX) + 1);
  context.save();
  context.beginPath();
  context.rect(0, AXIS_PX, view.width, view.height - AXIS_PX);
  context.clip();
  for (let index = first; index < last; index++) {
    const row = rows[index] as PictureRow;
    const y = AXIS_PX + index * ROW_PX - view.scrollTop;
    if (row.type === 'lane') {
      if (row.lane === selected.lane) {
        context.fillStyle = theme.selection;
        context.fillRect(0, y, view.width, ROW_PX);
      }
      drawLane(context, row.thread, row.lane, y, view, theme);
    } else if (row.type === 'thread') {
      drawLoop(context, row.thread, y, view, theme);
    }
    drawName(context, row, y, view, theme);
  }
  drawBlocks(context, rows, view, theme);
  if (selected.atMs !== undefined) {
    context.fillStyle = theme.foreground;
    context.fillRect(Math.round(xOf(selected.atMs, view)), AXIS_PX, 1, view.height);
  }
  context.restore();
  drawAxis(context, view, theme, selected.originMs);
}

function drawLane(
  context: CanvasRenderingContext2D,
  { lanes, recording }: PageThread,
  lane: Lane,
  y: number,
  view: Viewport,
  theme: Theme,
): void {
  const { intervals } = lanes;
  const { gutter, width } = view;
  const startMs = view.startMs - recording.offsetMs;
  const endMs = view.endMs - recording.offsetMs;
  const perPixelMs = (endMs - startMs) / Math.max(1, width - gutter);
  let at = firstEndingAfter(lane.intervals, intervals.endMs, startMs);
  while (at < lane.intervals.length) {
    const index = lane.intervals[at] as number;
    const from = intervals.startMs[index] as number;
    if (from > endMs) break;
    const until = Math.min(intervals.endMs[index] as number, lanes.lastMs);
    const x = Math.max(gutter, xOf(from + recording.offsetMs, view));
    const right = Math.min(width, xOf(until + recording.offsetMs, view));
    const state = intervals.state[index] as LaneState;
    drawInterval(context, state, intervals.category[index] as number, lane, x, right - x, y, theme);
    // what is narrower than a pixel hides the rest of that pixel
    at =
      right - x < 1
        ? Math.max(at + 1, firstEndingAfter(lane.intervals, intervals.endMs, until + perPixelMs))
        : at + 1;
  }
  if (lane.endMs === undefined) return;
  const x = xOf(lane.endMs + recording.offsetMs, view);
  if (x < gutter || x > width) return;
  const outcome = recording.outcomes.get(lane.id);
  context.strokeStyle = outcome === 'rejected' ? theme.rejected : theme.foreground;
  context.lineWidth = 1.5;
  context.beginPath();
  if (outcome === 'rejected') {
    context.moveTo(x - 3, y + 6);
    context.lineTo(x + 3, y + 12);
    context.moveTo(x + 3, y + 6);
    context.lineTo(x - 3, y + 12);
  } else {
    context.moveTo(x, y + 4);
    context.lineTo(x, y + ROW_PX - 4);
  }
  context.stroke();
}

function drawInterval(
  context: CanvasRenderingContext2D,
  state: LaneState,
  category: number,
  lane: Lane,
  x: number,
  length: number,
  y: number,
  theme: Theme,
): void {
  const shown = Math.max(1, length);
  switch (state) {
    case LaneState.Running:
      context.fillStyle = theme.running;
      context.fillRect(x, y + 3, shown, ROW_PX - 6);
      return;
    case LaneState.Ready:
      context.fillStyle = theme.ready;
      context.fillRect(x, y + 4, shown, ROW_PX - 8);
      context.strokeStyle = theme.readyEdge;
      context.lineWidth = 1;
      if (shown > 2) context.strokeRect(x + 0.5, y + 4.5, shown - 1, ROW_PX - 9);
      return;
    case LaneState.Awaiting: {
      const name = CATEGORIES[category] ?? 'unknown';
      context.fillStyle = theme.wait[name];
      context.globalAlpha = 0.3;
      context.fillRect(x, y + 6, shown, ROW_PX - 12);
      context.globalAlpha = 1;
      if (name === 'unknown' || lane.isOperation || shown < 34) return;
      context.fillStyle = theme.dim;
      fitted(context, name, x + 4, y + ROW_PX / 2, shown - 8);
      return;
    }
    case LaneState.Unknown:
      context.strokeStyle = theme.unknown;
      context.lineWidth = 1;
      context.setLineDash([2, 3]);
      context.beginPath();
      context.moveTo(x, y + ROW_PX / 2);
      context.lineTo(x + shown, y + ROW_PX / 2);
      context.stroke();
      context.setLineDash([]);
  }
}

/** How busy the loop was, as a height; what was left out as a dotted line below it. */
function drawLoop(
  context: CanvasRenderingContext2D,
  { lanes, recording }: PageThread,
  y: number,
  view: Viewport,
  theme: Theme,
): void {
  const { gutter, width } = view;
  const columns = Math.max(1, Math.floor(width - gutter));
  const perPixelMs = (view.endMs - view.startMs) / columns;
  context.fillStyle = theme.running;
  context.globalAlpha = 0.6;
  const { loop } = lanes;
  const busyMs = new Float64Array(columns);
  for (let at = firstStretch(loop, view.startMs - recording.offsetMs); at < loop.length; at++) {
    const stretch = loop[at] as (typeof loop)[number];
    const fromMs = stretch.startMs + recording.offsetMs - view.startMs;
    if (fromMs > view.endMs - view.startMs) break;
    const lengthMs = Math.max(0.001, stretch.endMs - stretch.startMs);
    const share = Math.min(1, stretch.busyMs / lengthMs);
    const firstColumn = Math.max(0, Math.floor(fromMs / perPixelMs));
    const lastColumn = Math.min(columns - 1, Math.floor((fromMs + lengthMs) / perPixelMs));
    for (let column = firstColumn; column <= lastColumn; column++) {
      const overlap =
        Math.min(fromMs + lengthMs, (column + 1) * perPixelMs) - Math.max(fromMs, column * perPixelMs);
      busyMs[column] = (busyMs[column] as number) + Math.max(0, overlap) * share;
    }
  }
  for (let column = 0; column < columns; column++) {
    const height = Math.min(1, (busyMs[column] as number) / perPixelMs) * (ROW_PX - 4);
    if (height > 0) context.fillRect(gutter + column, y + ROW_PX - 2 - height, 1, Math.max(1, height));
  }
  context.globalAlpha = 1;
  context.strokeStyle = theme.unknown;
  context.setLineDash([2, 2]);
  for (const left of lanes.leftOut) {
    if (left.events === 0) continue;
    const x = Math.max(gutter, xOf(left.startMs + recording.offsetMs, view));
    const right = Math.min(width, xOf(left.endMs + recording.offsetMs, view));
    if (right <= x) continue;
    context.beginPath();
    context.moveTo(x, y + 1.5);
    context.lineTo(Math.max(right, x + 2), y + 1.5);
    context.stroke();
  }
  context.setLineDash([]);
}

/** Blocks stand on the loop of their thread, and as thin red edges through its lanes. */
function drawBlocks(
  context: CanvasRenderingContext2D,
  rows: readonly PictureRow[],
  view: Viewport,
  theme: Theme,
): void {
  let at = 0;
  while (at < rows.length) {
    const { thread } = rows[at] as PictureRow;
    let end = at + 1;
    while (end < rows.length && rows[end]?.type !== 'thread') end++;
    const top = AXIS_PX + at * ROW_PX - view.scrollTop;
    const bottom = AXIS_PX + end * ROW_PX - view.scrollTop;
    at = end;
    if (bottom < 0 || top > view.height) continue;
    for (const { startedMs, durationMs } of thread.recording.blocks) {
      const x = Math.max(view.gutter, xOf(startedMs + thread.recording.offsetMs, view));
      const right = Math.min(view.width, xOf(startedMs + durationMs + thread.recording.offsetMs, view));
      if (right <= x) continue;
      context.fillStyle = theme.blocked;
      context.fillRect(x, top + 1, Math.max(2, right - x), ROW_PX - 2);
      context.fillStyle = theme.blockedEdge;
      context.globalAlpha = 0.12;
      context.fillRect(x, top + ROW_PX, right - x, bottom - top - ROW_PX);
      context.globalAlpha = 1;
    }
  }
}

function drawName(
  context: CanvasRenderingContext2D,
  row: PictureRow,
  y: number,
  { gutter, width }: Viewport,
  theme: Theme,
): void {
  context.fillStyle = theme.border;
  context.fillRect(0, y + ROW_PX - 1, width, row.type === 'thread' ? 1 : 0.25);
  const middle = y + ROW_PX / 2;
  switch (row.type) {
    case 'thread': {
      const { name, pid, threadId } = row.thread.recording.thread;
      context.fillStyle = theme.foreground;
      context.font = `bold ${theme.font}`;
      const which = threadId === 0 ? ` (${pid})` : '';
      fitted(context, `${name}${which}`, 4, middle, gutter - 8);
      context.font = theme.font;
      return;
    }
    case 'place':
      context.fillStyle = theme.foreground;
      fitted(context, `${row.name} × ${row.count}`, 8, middle, gutter - 12);
      return;
    case 'lane': {
      const { lane, depth, thread } = row;
      context.fillStyle = lane.isOperation ? theme.dim : theme.foreground;
      const indent = Math.min(8 + depth * 8, gutter / 2);
      fitted(context, laneName(lane, thread.lanes, thread.recording), indent, middle, gutter - indent - 4);
    }
  }
}

const STEPS_MS = [0.01, 0.1, 1, 10, 100, 1_000, 10_000, 60_000, 600_000].flatMap((step) =>
  step < 10_000 ? [step, 2 * step, 5 * step] : [step],
);

function drawAxis(context: CanvasRenderingContext2D, view: Viewport, theme: Theme, originMs: number): void {
  context.fillStyle = theme.background;
  context.fillRect(0, 0, view.width, AXIS_PX);
  context.fillStyle = theme.border;
  context.fillRect(0, AXIS_PX - 1, view.width, 1);
  const perPixelMs = (view.endMs - view.startMs) / Math.max(1, view.width - view.gutter);
  const step = STEPS_MS.find((each) => each / perPixelMs > 70) ?? 3_600_000;
  context.fillStyle = theme.dim;
  const from = Math.ceil((view.startMs - originMs) / step) * step;
  for (let atMs = from; atMs + originMs < view.endMs; atMs += step) {
    const x = xOf(atMs + originMs, view);
    context.fillRect(x, AXIS_PX - 5, 1, 5);
    fitted(context, axisText(atMs, step), x + 3, AXIS_PX / 2, 64);
  }
}

function axisText(atMs: number, stepMs: number): string {
  if (stepMs >= 1_000) return `${Math.round(atMs / 1_000)} s`;
  if (stepMs >= 100) return `${(atMs / 1_000).toFixed(1)} s`;
  if (stepMs >= 1) return `${Math.round(atMs)} ms`;
  return `${atMs.toFixed(2)} ms`;
}

/** Widths of texts: measuring takes most of the time of a picture. */
const widths = new Map<string, number>();

function fitted(context: CanvasRenderingContext2D, text: string, x: number, y: number, room: number): void {
  if (room < 8) return;
  const whole = text.slice(0, 80);
  const width = widthOf(context, whole);
  if (width <= room) {
    context.fillText(whole, x, y);
    return;
  }
  const length = Math.max(1, Math.floor((whole.length * room) / width) - 1);
  context.fillText(`${whole.slice(0, length)}…`, x, y);
}

function widthOf(context: CanvasRenderingContext2D, text: string): number {
  let width = widths.get(text);
  if (width === undefined) {
    if (widths.size > 20_000) widths.clear();
    widths.set(text, (width = context.measureText(text).width));
  }
  return width;
}

/** Position of the first of these intervals that ends after this time. */
export function firstEndingAfter(indexes: readonly number[], endMs: readonly number[], atMs: number): number {
  let low = 0;
  let high = indexes.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((endMs[indexes[middle] as number] as number) > atMs) high = middle;
    else low = middle + 1;
  }
  return low;
}

function firstStretch(loop: readonly { endMs: number }[], atMs: number): number {
  let low = 0;
  let high = loop.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((loop[middle] as { endMs: number }).endMs > atMs) high = middle;
    else low = middle + 1;
  }
  return low;
}
