import { Has, HAS_SHIFT, HEAD_BITS, KINDS, STATE_SHIFT, STATES } from '../../protocol/entryRow.js';
import { USUAL, type WireDetail, type WireEntry, type WireKind } from '../../protocol/wire.js';
import { NumberReader } from './numberReader.js';
import { fail, flag, isThere, list, number, object, text } from './wireChecks.js';

/** Checks the entries of a poll and copies what is known of them, bounded. `siteCount`: sites that were sent. */
export function readEntries(value: unknown, at: string, siteCount: number): WireEntry[] {
  const sent = object(value, at);
  const rows = sent['rows'];
  if (typeof rows !== 'string') fail(`${at}.rows`, 'is not a text');
  const words = list(sent['words'], `${at}.words`, object, MAX_ENTRIES);
  return new EntryReader(new NumberReader(rows), words, at, siteCount).readAll();
}

class EntryReader {
  private readonly entries: WireEntry[] = [];
  private wordsRead = 0;

  constructor(
    private readonly numbers: NumberReader,
    private readonly words: readonly Record<string, unknown>[],
    private readonly at: string,
    private readonly siteCount: number,
  ) {}

  readAll(): WireEntry[] {
    const { numbers, entries, words, at } = this;
    while (!numbers.isAtEnd) {
      if (entries.length >= MAX_ENTRIES) fail(at, 'is too long');
      entries.push(this.readEntry());
    }
    if (this.wordsRead < words.length) fail(`${at}.words`, 'is too long');
    return entries;
  }

  /** In the order in which they were written. */
  private readEntry(): WireEntry {
    const id = this.count('id');
    if (id === 0) this.fail('id', 'is 0');
    const head = this.count('head');
    if (head >= 2 ** HEAD_BITS) this.fail('head', 'is not known');
    const has = head >> HAS_SHIFT;
    const bornMs = this.count('bornMs');
    const by = (has & Has.By) === 0 ? USUAL.by : this.count('by');
    const read: WireEntry = {
      id,
      kind: KINDS[head % KINDS.length] as WireKind,
      type: USUAL.type,
      bornMs,
      state: STATES[(head >> STATE_SHIFT) % STATES.length] as WireEntry['state'],
      waits: USUAL.waits,
      by,
      runs: USUAL.runs,
    };
    if ((has & Has.Site) !== 0) read.site = this.site('site');
    if ((has & Has.Call) !== 0) read.call = this.site('call');
    if ((has & Has.Await) !== 0) read.await = this.site('await');
    if ((has & Has.Waits) !== 0) read.waits = this.waits();
    if ((has & Has.Runs) !== 0) read.runs = this.count('runs');
    if ((has & Has.BusyMs) !== 0) read.busyMs = this.count('busyMs') / 1_000;
    if ((has & Has.ReadyMs) !== 0) read.readyMs = this.count('readyMs') / 1_000;
    if ((has & Has.WaitsMore) !== 0) read.waitsMore = this.count('waitsMore');
    if ((has & Has.Inputs) !== 0) read.inputs = this.count('inputs');
    if ((has & Has.Through) !== 0) read.through = this.site('through');
    if ((has & Has.Words) !== 0) this.addWords(read);
    return read;
  }

  private waits(): number[] {
    const waits: number[] = [];
    const length = this.count('waits');
    if (length > MAX_WAITS) this.fail('waits', 'is too long');
    for (let left = length; left > 0; left--) waits.push(this.count('waits'));
    return waits;
  }

  private addWords(read: WireEntry): void {
    const words = this.words[this.wordsRead++];
    if (words === undefined) this.fail('words', 'is missing');
    const { type, name, detail } = words;
    if (isThere(type)) read.type = text(type, this.field('type'));
    if (isThere(name)) read.name = text(name, this.field('name'));
    if (isThere(detail)) read.detail = readDetail(detail, this.field('detail'));
  }

  private count(field: string): number {
    const value = this.numbers.next();
    if (!Number.isSafeInteger(value)) this.fail(field, 'is not a whole number');
    return value;
  }

  private site(field: string): number {
    const value = this.count(field);
    if (value >= this.siteCount) this.fail(field, 'names an entry that was never sent');
    return value;
  }

  private fail(field: string, problem: string): never {
    fail(this.field(field), problem);
  }

  private field(name: string): string {
    return `${this.at}[${this.entries.length}].${name}`;
  }
}

function readDetail(value: unknown, at: string): WireDetail {
  const detail = object(value, at);
  const read: WireDetail = {};
  for (const key of ['timerMs', 'armedMs', 'port', 'pid', 'threadId', 'used', 'size'] as const) {
    if (isThere(detail[key])) read[key] = number(detail[key], `${at}.${key}`);
  }
  for (const key of ['host', 'method', 'path', 'file', 'statement', 'command'] as const) {
    if (isThere(detail[key])) read[key] = text(detail[key], `${at}.${key}`);
  }
  if (isThere(detail['repeat'])) read.repeat = flag(detail['repeat'], `${at}.repeat`);
  if (isThere(detail['loose'])) {
    const loose = detail['loose'];
    if (loose !== 'unref' && loose !== 'idle') fail(`${at}.loose`, 'is not known');
    read.loose = loose;
  }
  if (isThere(detail['phase'])) {
    const phase = detail['phase'];
    if (phase !== 'connection' && phase !== 'headers' && phase !== 'body')
      fail(`${at}.phase`, 'is not known');
    read.phase = phase;
  }
  return read;
}

/** More than an agent ever sends at once, and of one entry. */
const MAX_ENTRIES = 100_000;
const MAX_WAITS = 10_000;
