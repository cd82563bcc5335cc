import { Has, HAS_SHIFT, KINDS, STATE_SHIFT, STATES } from '../protocol/entryRow.js';
import type { SentEntries, SentEntry, SentWords, WireEntry, WireKind } from '../protocol/wire.js';
import { NumberWriter } from './numberWriter.js';

const KIND_INDEX = Object.fromEntries(KINDS.map((kind, index) => [kind, index])) as Record<WireKind, number>;
const STATE_INDEX = Object.fromEntries(STATES.map((state, index) => [state, index << STATE_SHIFT])) as Record<
  WireEntry['state'],
  number
>;

/** Writes the entries of a beat. */
export class EntryWriter {
  private readonly numbers = new NumberWriter();
  private words: SentWords[] = [];

  put(entry: SentEntry): void {
    const { numbers } = this;
    const has = hasOf(entry);
    numbers.put(entry.id);
    numbers.put(KIND_INDEX[entry.kind] | STATE_INDEX[entry.state ?? 'pending'] | (has << HAS_SHIFT));
    numbers.put(entry.bornMs);
    if (entry.by !== undefined) numbers.put(entry.by);
    if (entry.site !== undefined) numbers.put(entry.site);
    if (entry.call !== undefined) numbers.put(entry.call);
    if (entry.await !== undefined) numbers.put(entry.await);
    if (entry.waits !== undefined) {
      numbers.put(entry.waits.length);
      for (const id of entry.waits) numbers.put(id);
    }
    if (entry.runs !== undefined) numbers.put(entry.runs);
    if (entry.busyMs !== undefined) numbers.put(microseconds(entry.busyMs));
    if (entry.readyMs !== undefined) numbers.put(microseconds(entry.readyMs));
    if (entry.waitsMore !== undefined) numbers.put(entry.waitsMore);
    if (entry.inputs !== undefined) numbers.put(entry.inputs);
    if ((has & Has.Words) !== 0) this.words.push(wordsOf(entry));
  }

  /** What was put since it was last taken. */
  take(): SentEntries {
    const { words } = this;
    this.words = [];
    return { rows: this.numbers.take(), words };
  }
}

function hasOf(entry: SentEntry): number {
  let has = 0;
  if (entry.by !== undefined) has |= Has.By;
  if (entry.site !== undefined) has |= Has.Site;
  if (entry.call !== undefined) has |= Has.Call;
  if (entry.await !== undefined) has |= Has.Await;
  if (entry.waits !== undefined) has |= Has.Waits;
  if (entry.runs !== undefined) has |= Has.Runs;
  if (entry.busyMs !== undefined) has |= Has.BusyMs;
  if (entry.readyMs !== undefined) has |= Has.ReadyMs;
  if (entry.waitsMore !== undefined) has |= Has.WaitsMore;
  if (entry.inputs !== undefined) has |= Has.Inputs;
  if (entry.type !== undefined || entry.name !== undefined || entry.detail !== undefined) has |= Has.Words;
  return has;
}

function wordsOf({ type, name, detail }: SentEntry): SentWords {
  const words: SentWords = {};
  if (type !== undefined) words.type = type;
  if (name !== undefined) words.name = name;
  if (detail !== undefined) words.detail = detail;
  return words;
}

function microseconds(ms: number): number {
  return Math.round(ms * 1_000);
}
