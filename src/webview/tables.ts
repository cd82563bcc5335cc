import { fineDurationText, formatCount } from '../model/numbers.js';
import { plainText } from '../model/plainText.js';
import { statisticsOf } from '../recording/statistics.js';
import { siteText } from '../recording/texts.js';
import { laneFacts } from './facts.js';
import type { PageThread } from './pageRecordings.js';
import type { PictureRow } from './rows.js';

/** A cell: what is shown, and what it is sorted by. */
type Cell = string | { text: string; by: number };

/** Rows of a table that are shown; more are counted. */
const MAX_ROWS = 1_000;

/** A table that is sorted by a click on its heads. Texts alone, no HTML of any data. */
export class SortedTable {
  readonly element = document.createElement('div');
  private sortedBy = -1;
  private isDescending = true;
  private rows: Cell[][] = [];

  constructor(
    private readonly caption: string,
    private readonly heads: readonly string[],
    private readonly onRow: (row: number) => void = () => {},
  ) {
    this.element.className = 'table';
  }

  set(rows: Cell[][]): void {
    this.rows = rows;
    this.draw();
  }

  private draw(): void {
    const table = document.createElement('table');
    const caption = table.createCaption();
    caption.textContent = this.caption;
    const head = table.createTHead().insertRow();
    this.heads.forEach((text, column) => {
      const cell = document.createElement('th');
      cell.scope = 'col';
      const button = document.createElement('button');
      button.textContent = text;
      button.addEventListener('click', () => this.sort(column));
      if (column === this.sortedBy) cell.ariaSort = this.isDescending ? 'descending' : 'ascending';
      cell.append(button);
      head.append(cell);
    });
    const body = table.createTBody();
    const order = this.rows.map((_, row) => row);
    const { sortedBy } = this;
    if (sortedBy >= 0) order.sort((a, b) => this.compare(a, b, sortedBy));
    for (const row of order.slice(0, MAX_ROWS)) {
      const line = body.insertRow();
      line.tabIndex = 0;
      const go = (): void => this.onRow(row);
      line.addEventListener('click', go);
      line.addEventListener('keydown', ({ key }) => {
        if (key === 'Enter') go();
      });
      for (const cell of this.rows[row] ?? []) {
        const td = line.insertCell();
        td.textContent = typeof cell === 'string' ? cell : cell.text;
        if (typeof cell !== 'string') td.className = 'number';
      }
    }
    const more = this.rows.length - MAX_ROWS;
    this.element.replaceChildren(table);
    if (more <= 0) return;
    const rest = document.createElement('p');
    rest.textContent = `… ${formatCount(more)} more`;
    this.element.append(rest);
  }

  private compare(a: number, b: number, column: number): number {
    const [x, y] = [this.rows[a]?.[column], this.rows[b]?.[column]];
    const order =
      typeof x === 'object' && typeof y === 'object' ? x.by - y.by : textOf(x).localeCompare(textOf(y));
    return this.isDescending ? -order : order;
  }

  private sort(column: number): void {
    this.isDescending = column === this.sortedBy ? !this.isDescending : true;
    this.sortedBy = column;
    this.draw();
    this.element.querySelectorAll('th')[column]?.querySelector('button')?.focus();
  }
}

function textOf(cell: Cell | undefined): string {
  return typeof cell === 'object' ? cell.text : (cell ?? '');
}

export function duration(ms: number): Cell {
  return { text: fineDurationText(ms), by: ms };
}

export function number(value: number): Cell {
  return { text: formatCount(value), by: value };
}

/** Every lane of the picture in words. */
export function laneRows(rows: readonly PictureRow[]): {
  cells: Cell[][];
  lanes: (PictureRow & { type: 'lane' })[];
} {
  const lanes = rows.filter((row) => row.type === 'lane');
  const cells = lanes.slice(0, 10 * MAX_ROWS).map(({ thread, lane }) => {
    const facts = laneFacts(thread, lane);
    return [
      facts.name,
      facts.place,
      thread.recording.thread.name,
      facts.state,
      duration(lane.startMs - thread.lanes.firstMs),
      duration(facts.durationMs),
      number(facts.runs),
      duration(facts.busyMs),
      duration(facts.readyMs),
      duration(facts.awaitingMs),
    ];
  });
  return { cells, lanes };
}

export const LANE_HEADS = [
  'Task',
  'Place',
  'Thread',
  'State',
  'Began',
  'Lasted',
  'Runs',
  'Busy',
  'Ready',
  'Awaiting',
];

export const PLACE_HEADS = [
  'Function',
  'Place',
  'Calls',
  'Runs',
  'Busy',
  'p50',
  'p95',
  'p99',
  'max',
  'Ready',
  'p99',
  'max',
  'Awaiting',
  'p50',
  'p95',
  'max',
  'Rejected',
  'Runs by length',
];

export const AWAIT_HEADS = ['Await', 'Place', 'Times', 'Waited', 'p50', 'p95', 'p99', 'max'];

/** Of functions, and of the lines where they await. */
export function statisticsRows(threads: readonly PageThread[]): { places: Cell[][]; awaits: Cell[][] } {
  const { places, awaits } = statisticsOf(threads);
  return {
    places: places.map(({ name, site, calls, rejected, polls, ready, awaiting }) => [
      plainText(name),
      plainText(siteText(site)),
      number(calls),
      number(polls.count),
      duration(polls.totalMs),
      duration(polls.p50Ms),
      duration(polls.p95Ms),
      duration(polls.p99Ms),
      duration(polls.maxMs),
      duration(ready.totalMs),
      duration(ready.p99Ms),
      duration(ready.maxMs),
      duration(awaiting.totalMs),
      duration(awaiting.p50Ms),
      duration(awaiting.p95Ms),
      duration(awaiting.maxMs),
      number(rejected),
      bars(polls.histogram),
    ]),
    awaits: awaits.map(({ name, site, awaiting }) => [
      plainText(name),
      plainText(siteText(site)),
      number(awaiting.count),
      duration(awaiting.totalMs),
      duration(awaiting.p50Ms),
      duration(awaiting.p95Ms),
      duration(awaiting.p99Ms),
      duration(awaiting.maxMs),
    ]),
  };
}

/** `▁▇▂`: how many of each length, of the shortest first. */
function bars(histogram: readonly number[]): string {
  const most = Math.max(...histogram);
  if (most === 0) return '';
  return histogram
    .map((count) => (count === 0 ? '·' : '▁▂▃▄▅▆▇█'.charAt(Math.round((count / most) * 7))))
    .join('');
}
