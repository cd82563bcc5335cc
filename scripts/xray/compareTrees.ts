/** A row of a tree as text, with what stands below it. */
export interface TextRow {
  label: string;
  /** `cart.js:12`. */
  place: string;
  rows: TextRow[];
}

export interface Comparison {
  right: number;
  /** Right, but called by less than its name: who made a promise is not in a heap. */
  unnamed: number;
  /** What the live tree has and the other has not. */
  missing: string[];
  /** What the live tree contradicts. */
  wrong: string[];
  /** What the live tree has not: it knows less there, or the moment is another one. */
  more: string[];
}

export function readTree(text: string): TextRow[] {
  const top: TextRow[] = [];
  const path: { depth: number; rows: TextRow[] }[] = [{ depth: -1, rows: top }];
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const depth = line.search(/\S/) / 2;
    const [label = '', ...facts] = line.trim().split(/ {2}/);
    const place = facts.at(-1) ?? '';
    const row: TextRow = {
      label: label.replace(/ \d[\d,]*\/\d[\d,]*$/, ''),
      place: /:\d+$/.test(place) ? place : '',
      rows: [],
    };
    while ((path.at(-1)?.depth ?? -1) >= depth) path.pop();
    path.at(-1)?.rows.push(row);
    path.push({ depth, rows: row.rows });
  }
  return top;
}

/** Holds a tree that was read from a heap against that of the agent at the same moment. */
export function compareTrees(live: readonly TextRow[], read: readonly TextRow[]): Comparison {
  const found: Comparison = { right: 0, unnamed: 0, missing: [], wrong: [], more: [] };
  compare(live, read, [], found);
  return found;
}

function compare(
  live: readonly TextRow[],
  read: readonly TextRow[],
  path: readonly string[],
  found: Comparison,
): void {
  const left = [...read];
  const open: TextRow[] = [];
  for (const row of live) {
    const at = bestMatch(row, left);
    const [match] = at < 0 ? [] : left.splice(at, 1);
    if (match) both(row, match, path, found);
    else open.push(row);
  }
  for (const row of open) {
    const at = left.findIndex((one) => isNameless(one.label) && isPromise(row.label));
    const [match] = at < 0 ? [] : left.splice(at, 1);
    if (match) {
      found.unnamed++;
      compare(row.rows, match.rows, [...path, row.label], found);
    } else if (isPromise(row.label) && left.some((one) => row.rows.some((below) => isSame(below, one)))) {
      // a promise between is not there, what it leads to is
      found.missing.push([...path, row.label].join(' > '));
      compare(row.rows, left.splice(0), path, found);
    } else found.missing.push([...path, row.label].join(' > '));
  }
  for (const row of left) {
    const text = [...path, row.label].join(' > ');
    const contradicts = path.length > 0 && live.length > 0 && !isNameless(row.label) && isFunction(row.label);
    (contradicts ? found.wrong : found.more).push(text);
  }
}

function both(live: TextRow, read: TextRow, path: readonly string[], found: Comparison): void {
  const isTask = isFunction(live.label);
  if (isTask && read.place !== '' && live.place !== '' && !isSameAwait(read.place, live.place))
    found.wrong.push(`${[...path, live.label].join(' > ')} at ${read.place}, not ${live.place}`);
  else found.right++;
  compare(live.rows, read.rows, [...path, live.label], found);
}

/** An await of several lines has two places: V8 suspends it at its first line, and the agent sees the last call in it. */
function isSameAwait(read: string, live: string): boolean {
  const [file, line] = read.split(':');
  const [liveFile, liveLine] = live.split(':');
  const apart = Number(liveLine) - Number(line);
  return file === liveFile && apart >= 0 && apart <= 2;
}

/** The same label, if possible at the same place and with the same below it. */
function bestMatch(row: TextRow, list: readonly TextRow[]): number {
  let best = -1;
  let most = -1;
  list.forEach((one, at) => {
    if (one.label !== row.label) return;
    const score = Number(one.place === row.place) * 2 + Number(shape(one) === shape(row));
    if (score > most) [best, most] = [at, score];
  });
  return best;
}

function isSame(a: TextRow, b: TextRow): boolean {
  return a.label === b.label;
}

function shape(row: TextRow): string {
  return row.rows.map(({ label }) => label).join();
}

function isNameless(label: string): boolean {
  return /^(promise|new Promise|<anonymous>)$/.test(label);
}

/** Whatever is no operation: promises of functions and packages have any name. */
function isPromise(label: string): boolean {
  return !/^(setTimeout|setInterval|setImmediate|Handles|TCP|incoming|DNS)\b/.test(label);
}

function isFunction(label: string): boolean {
  if (/^(\.|Promise\.|new |Handles|setImmediate)/.test(label) || isNameless(label)) return false;
  return /^[\w$#.<>[\]]+$/.test(label);
}
