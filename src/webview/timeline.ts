/** The page of the timeline: what the host sends becomes a picture, tables and facts; what people choose goes back. */
import type { Lane } from '../recording/lanes.js';
import type { FromPage, ToPage } from '../recording/timelineMessages.js';
import { element, translate } from './elements.js';
import { momentText, placeAt } from './facts.js';
import { type PageThread, PageRecordings } from './pageRecordings.js';
import { AXIS_PX, drawPicture, ROW_PX, timeAt, type Viewport } from './picture.js';
import { type PictureRow, pictureRows, type RowOptions } from './rows.js';
import { AWAIT_HEADS, LANE_HEADS, laneRows, PLACE_HEADS, SortedTable, statisticsRows } from './tables.js';
import { readTheme, type Theme } from './theme.js';

declare function acquireVsCodeApi(): { postMessage(message: FromPage): void };

type Tab = 'timeline' | 'table' | 'statistics' | 'tree' | 'compare';

const MIN_WIDTH_MS = 0.05;
const FIRST_WIDTH_MS = 10_000;
const host = acquireVsCodeApi();

class Page {
  private readonly recordings = new PageRecordings();
  private readonly canvas = element<HTMLCanvasElement>('canvas');
  private readonly scroller = element('scroller');
  private readonly spacer = element('spacer');
  private readonly facts = element('facts');
  private readonly context: CanvasRenderingContext2D;
  private theme: Theme;
  private rows: PictureRow[] = [];
  private options: RowOptions = { order: 'awaits', search: '', operations: false };
  private view = { startMs: 0, endMs: 1 };
  private hasView = false;
  private isFollowing = true;
  private state: 'live' | 'paused' | 'still' = 'still';
  private now = { axisMs: 0, ownMs: 0 };
  private selected: { thread: PageThread; lane: Lane } | undefined;
  private cursorMs: number | undefined;
  private isDue = false;
  private tab: Tab = 'timeline';
  private readonly oldTables = new Set<Tab>();
  private wanted: { session: string; id: number } | undefined;
  private readonly laneTable = new SortedTable('Tasks in the order of the picture', LANE_HEADS, (row) =>
    this.chooseRow(row),
  );
  private readonly placeTable = new SortedTable(
    'Functions: how long they ran, were ready and awaited',
    PLACE_HEADS,
  );
  private readonly awaitTable = new SortedTable('Awaits: which line cost most waiting time', AWAIT_HEADS);
  private tableLanes: (PictureRow & { type: 'lane' })[] = [];

  constructor() {
    const context = this.canvas.getContext('2d', { alpha: false });
    if (context === null) throw new Error('There is no canvas.');
    this.context = context;
    this.theme = readTheme(context);
    this.listen();
    element('table').append(this.laneTable.element);
    element('statistics').append(this.placeTable.element, this.awaitTable.element);
  }

  receive(message: ToPage): void {
    switch (message.type) {
      case 'threads':
        for (const thread of message.threads) this.recordings.add(thread);
        this.state = message.state;
        this.now = { axisMs: message.nowMs, ownMs: performance.now() };
        if (message.threads.length > 0) this.changed();
        this.fitAtFirst();
        this.drawSoon();
        return;
      case 'texts':
        translate(message.texts);
        return;
      case 'show':
        this.wanted = message;
        this.follow(false);
        this.showWanted();
        return;
      case 'tree':
        element('tree-text').textContent = message.text;
        element('tab-tree').hidden = false;
        return;
      case 'compare': {
        const table = new SortedTable('Functions of both recordings', message.lines[0] ?? []);
        table.set(message.lines.slice(1).map((line) => [...line]));
        element('compare').replaceChildren(table.element);
        element('tab-compare').hidden = false;
        this.show('compare');
      }
    }
  }

  private changed(): void {
    const sinceMs = this.isFollowing ? this.view.startMs : -Infinity;
    this.rows = pictureRows(this.recordings.threads, this.options, sinceMs);
    this.spacer.style.height = `${AXIS_PX + this.rows.length * ROW_PX}px`;
    element('empty').hidden = this.rows.length > this.recordings.threads.length;
    this.oldTables.add('table').add('statistics');
    if (this.tab !== 'timeline' && this.state === 'still') this.fillTables();
    this.showWanted();
  }

  private fitAtFirst(): void {
    const range = this.recordings.range;
    if (range === undefined || this.hasView) return;
    this.hasView = true;
    if (this.state === 'still') this.fit();
    else this.setView(range.endMs - FIRST_WIDTH_MS, range.endMs);
  }

  private fit(): void {
    const range = this.recordings.range;
    if (range === undefined) return;
    const margin = (range.endMs - range.startMs) * 0.02;
    this.follow(false);
    this.setView(range.startMs - margin, range.endMs + margin);
  }

  private setView(startMs: number, endMs: number): void {
    const widthMs = Math.max(MIN_WIDTH_MS, endMs - startMs);
    this.view = { startMs, endMs: startMs + widthMs };
    this.drawSoon();
  }

  private zoom(factor: number, atMs = (this.view.startMs + this.view.endMs) / 2): void {
    const { startMs, endMs } = this.view;
    const widthMs = Math.max(MIN_WIDTH_MS, (endMs - startMs) * factor);
    const share = (atMs - startMs) / (endMs - startMs);
    if (this.isFollowing) this.setView(endMs - widthMs, endMs);
    else this.setView(atMs - share * widthMs, atMs + (1 - share) * widthMs);
  }

  private pan(shareOfWidth: number): void {
    this.follow(false);
    const { startMs, endMs } = this.view;
    const shift = (endMs - startMs) * shareOfWidth;
    this.setView(startMs + shift, endMs + shift);
  }

  private follow(isFollowing: boolean): void {
    const wasFollowing = this.isFollowing;
    this.isFollowing = isFollowing && this.state !== 'still';
    element('follow').ariaPressed = String(this.isFollowing);
    if (this.isFollowing !== wasFollowing) this.changed();
    this.drawSoon();
  }

  private drawSoon(): void {
    if (this.isDue) return;
    this.isDue = true;
    requestAnimationFrame(() => {
      this.isDue = false;
      this.draw();
      if (this.isFollowing && this.state === 'live' && this.tab === 'timeline' && !document.hidden)
        this.drawSoon();
    });
  }

  private viewport(): Viewport {
    const { clientWidth: width, clientHeight: height, scrollTop } = this.scroller;
    const gutter = Math.round(Math.min(220, Math.max(70, width * 0.25)));
    return { ...this.view, scrollTop, width, height, gutter };
  }

  private draw(): void {
    if (this.tab !== 'timeline') return;
    if (this.isFollowing && this.hasView && this.state !== 'still') {
      const passedMs = this.state === 'live' ? performance.now() - this.now.ownMs : 0;
      const widthMs = this.view.endMs - this.view.startMs;
      const endMs = this.now.axisMs + passedMs;
      this.view = { startMs: endMs - widthMs, endMs };
    }
    const view = this.viewport();
    const ratio = window.devicePixelRatio || 1;
    const [width, height] = [Math.round(view.width * ratio), Math.round(view.height * ratio)];
    if (this.canvas.width !== width || this.canvas.height !== height) {
      this.canvas.width = width;
      this.canvas.height = height;
      this.canvas.style.width = `${view.width}px`;
      this.canvas.style.height = `${view.height}px`;
    }
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const originMs = this.recordings.range?.startMs ?? 0;
    drawPicture(this.context, this.rows, view, this.theme, {
      lane: this.selected?.lane,
      atMs: this.cursorMs,
      originMs,
    });
  }

  private rowAt(y: number): PictureRow | undefined {
    return this.rows[Math.floor((y - AXIS_PX + this.scroller.scrollTop) / ROW_PX)];
  }

  private choose(row: PictureRow | undefined, atMs: number, opens: boolean): void {
    if (row?.type !== 'lane') return;
    const { thread, lane } = row;
    this.selected = { thread, lane };
    this.cursorMs = atMs;
    this.facts.textContent = momentText(thread, lane, atMs);
    const { session } = thread.recording.thread;
    host.postMessage({ type: 'select', session, id: lane.id });
    const place = placeAt(thread, lane, atMs);
    if (opens && place !== 0) host.postMessage({ type: 'open', session, place });
    this.drawSoon();
  }

  private chooseRow(row: number): void {
    const found = this.tableLanes[row];
    if (found !== undefined) this.choose(found, found.lane.startMs + found.thread.recording.offsetMs, true);
  }

  private move(step: number): void {
    const at = this.rows.findIndex((row) => row.type === 'lane' && row.lane === this.selected?.lane);
    let next = at + step;
    while (next >= 0 && next < this.rows.length && this.rows[next]?.type !== 'lane')
      next += step < 0 ? -1 : 1;
    const row = this.rows[next];
    if (row?.type !== 'lane') return;
    this.reveal(next);
    this.choose(row, this.cursorMs ?? row.lane.startMs + row.thread.recording.offsetMs, false);
  }

  private reveal(index: number): void {
    const top = index * ROW_PX;
    const { scrollTop, clientHeight } = this.scroller;
    if (top < scrollTop) this.scroller.scrollTop = top;
    else if (top + ROW_PX + AXIS_PX > scrollTop + clientHeight)
      this.scroller.scrollTop = top + ROW_PX + AXIS_PX - clientHeight;
  }

  /** The lane that the tree asked for, once it is there. */
  private showWanted(): void {
    const { wanted } = this;
    if (wanted === undefined) return;
    const at = this.rows.findIndex(
      (row) =>
        row.type === 'lane' &&
        row.lane.id === wanted.id &&
        row.thread.recording.thread.session === wanted.session,
    );
    const row = this.rows[at];
    if (row?.type !== 'lane') return;
    this.wanted = undefined;
    this.show('timeline');
    this.reveal(at);
    this.selected = { thread: row.thread, lane: row.lane };
    const startMs = row.lane.startMs + row.thread.recording.offsetMs;
    const { startMs: from, endMs: until } = this.view;
    if (startMs < from || startMs > until) {
      const endMs = (row.lane.endMs ?? row.thread.lanes.lastMs) + row.thread.recording.offsetMs;
      const margin = Math.max(1, (endMs - startMs) * 0.1);
      this.follow(false);
      this.setView(startMs - margin, endMs + margin);
    }
    this.facts.textContent = momentText(row.thread, row.lane, startMs);
    this.drawSoon();
  }

  private show(tab: Tab): void {
    this.tab = tab;
    for (const each of ['timeline', 'table', 'statistics', 'tree', 'compare'] as const) {
      element(each).hidden = each !== tab;
      element(`tab-${each}`).ariaSelected = String(each === tab);
      element(`tab-${each}`).tabIndex = each === tab ? 0 : -1;
    }
    this.fillTables();
    this.drawSoon();
  }

  private fillTables(): void {
    if (!this.oldTables.delete(this.tab)) return;
    if (this.tab === 'table') {
      const { cells, lanes } = laneRows(this.rows);
      this.tableLanes = lanes;
      this.laneTable.set(cells);
    } else {
      const { places, awaits } = statisticsRows(this.recordings.threads);
      this.placeTable.set(places);
      this.awaitTable.set(awaits);
    }
  }

  private listen(): void {
    const { canvas, scroller } = this;
    window.addEventListener('message', ({ data }: MessageEvent<ToPage>) => this.receive(data));
    new ResizeObserver(() => this.drawSoon()).observe(scroller);
    new MutationObserver(() => {
      this.theme = readTheme(this.context);
      this.drawSoon();
    }).observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-id'] });
    scroller.addEventListener('scroll', () => this.drawSoon());
    scroller.addEventListener('wheel', (event) => this.wheel(event), { passive: false });
    let drag: { x: number; y: number; scrollTop: number; moved: boolean } | undefined;
    canvas.addEventListener('pointerdown', (event) => {
      canvas.setPointerCapture(event.pointerId);
      drag = { x: event.offsetX, y: event.offsetY, scrollTop: scroller.scrollTop, moved: false };
    });
    canvas.addEventListener('pointermove', (event) => {
      if (drag === undefined) {
        this.hover(event);
        return;
      }
      const dx = event.offsetX - drag.x;
      if (!drag.moved && Math.abs(dx) + Math.abs(event.offsetY - drag.y) < 4) return;
      drag.moved = true;
      const { width, gutter } = this.viewport();
      this.pan(-dx / Math.max(1, width - gutter));
      scroller.scrollTop = drag.scrollTop - (event.offsetY - drag.y);
      drag.x = event.offsetX;
    });
    canvas.addEventListener('pointerup', (event) => {
      if (drag?.moved === false)
        this.choose(this.rowAt(event.offsetY), timeAt(event.offsetX, this.viewport()), true);
      drag = undefined;
    });
    canvas.addEventListener('pointerleave', () => (element('tip').hidden = true));
    canvas.addEventListener('keydown', (event) => this.key(event));
    element('follow').addEventListener('click', () => this.follow(!this.isFollowing));
    element('in').addEventListener('click', () => this.zoom(0.5));
    element('out').addEventListener('click', () => this.zoom(2));
    element('fit').addEventListener('click', () => this.fit());
    const search = element<HTMLInputElement>('search');
    const order = element<HTMLSelectElement>('order');
    const operations = element<HTMLInputElement>('operations');
    const choose = (): void => {
      const chosen = order.value === 'place' ? 'place' : 'awaits';
      this.options = { search: search.value, order: chosen, operations: operations.checked };
      this.changed();
      this.fillTables();
      this.drawSoon();
    };
    for (const each of [search, order, operations]) each.addEventListener('input', choose);
    const tabs = ['timeline', 'table', 'statistics', 'tree', 'compare'] as const;
    for (const tab of tabs) element(`tab-${tab}`).addEventListener('click', () => this.show(tab));
    element('tabs').addEventListener('keydown', ({ key }) => {
      if (key !== 'ArrowRight' && key !== 'ArrowLeft') return;
      const shown = tabs.filter((tab) => !element(`tab-${tab}`).hidden);
      const next =
        shown.at((shown.indexOf(this.tab) + (key === 'ArrowRight' ? 1 : -1)) % shown.length) ?? 'timeline';
      this.show(next);
      element(`tab-${next}`).focus();
    });
  }

  private wheel(event: WheelEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      event.preventDefault();
      this.zoom(Math.exp(event.deltaY * 0.002), timeAt(event.offsetX, this.viewport()));
    } else if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      event.preventDefault();
      const { width, gutter } = this.viewport();
      this.pan((event.deltaX || event.deltaY) / Math.max(1, width - gutter));
    }
  }

  private hover(event: PointerEvent): void {
    const tip = element('tip');
    const row = this.rowAt(event.offsetY);
    const view = this.viewport();
    if (row?.type !== 'lane' || event.offsetY < AXIS_PX) {
      tip.hidden = true;
      return;
    }
    tip.textContent = momentText(row.thread, row.lane, timeAt(Math.max(view.gutter, event.offsetX), view));
    tip.hidden = false;
    tip.style.left = `${Math.max(0, Math.min(event.offsetX + 12, view.width - tip.offsetWidth - 4))}px`;
    const below = event.offsetY + 16;
    tip.style.top = `${below + tip.offsetHeight > view.height ? event.offsetY - tip.offsetHeight - 4 : below}px`;
  }

  private key(event: KeyboardEvent): void {
    const act = this.keys[event.key];
    if (act === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  }

  private readonly keys: Partial<Record<string, () => void>> = {
    ArrowDown: () => this.move(1),
    ArrowUp: () => this.move(-1),
    PageDown: () => this.move(Math.max(1, Math.floor(this.scroller.clientHeight / ROW_PX) - 1)),
    PageUp: () => this.move(-Math.max(1, Math.floor(this.scroller.clientHeight / ROW_PX) - 1)),
    ArrowLeft: () => this.pan(-0.1),
    ArrowRight: () => this.pan(0.1),
    '+': () => this.zoom(0.5),
    '-': () => this.zoom(2),
    '0': () => this.fit(),
    f: () => this.follow(!this.isFollowing),
    Enter: () => {
      const { selected } = this;
      if (selected === undefined) return;
      const { thread, lane } = selected;
      this.choose({ type: 'lane', thread, lane, depth: 0 }, this.cursorMs ?? lane.startMs, true);
    },
  };
}

new Page();
host.postMessage({ type: 'ready' });
