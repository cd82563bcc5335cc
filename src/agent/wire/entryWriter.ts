import { Has, HAS_SHIFT, KINDS, STATE_SHIFT, STATES } from '../../protocol/entryRow.js';
import type { SentEntries, SentEntry, SentWords } from '../../protocol/wire.js';
import { NumberWriter } from './numberWriter.js';

/** Writes the entries of a poll. */
export class EntryWriter {
  private readonly numbers = new NumberWriter();
  private words: SentWords[] = [];
  /** Of the entry that is put: what it has, and the numbers of that. */
  private has = 0;
  private readonly values: number[] = [];

  put(entry: SentEntry): void {
    const { numbers, values } = this;
    this.has = values.length = 0;
    this.add(Has.By, entry.by);
    this.add(Has.Site, entry.site);
    this.add(Has.Call, entry.call);
    this.add(Has.Await, entry.await);
    this.add(Has.Waits, entry.waits?.length);
    for (const id of entry.waits ?? NONE) values.push(id);
    this.add(Has.Runs, entry.runs);
    this.add(Has.BusyMs, microseconds(entry.busyMs));
    this.add(Has.ReadyMs, microseconds(entry.readyMs));
    this.add(Has.WaitsMore, entry.waitsMore);
    this.add(Has.Inputs, entry.inputs);
    this.add(Has.Through, entry.through);
    const { type, name, detail } = entry;
    if (type !== undefined || name !== undefined || detail !== undefined) {
      this.has |= Has.Words;
      this.words.push({ type, name, detail });
    }
    numbers.put(entry.id);
    const state = STATES.indexOf(entry.state ?? 'pending');
    numbers.put(KINDS.indexOf(entry.kind) | (state << STATE_SHIFT) | (this.has << HAS_SHIFT));
    numbers.put(entry.bornMs);
    for (const value of values) numbers.put(value);
  }

  private add(has: Has, value: number | undefined): void {
    if (value === undefined) return;
    this.has |= has;
    this.values.push(value);
  }

  /** What was put since it was last taken. */
  take(): SentEntries {
    const { words } = this;
    this.words = [];
    return { rows: this.numbers.take(), words };
  }
}

const NONE: readonly number[] = [];

function microseconds(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : Math.round(ms * 1_000);
}
