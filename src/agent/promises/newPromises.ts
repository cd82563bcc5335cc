import { type AsyncRecord, Flag } from '../records/records.js';
import type { Place } from '../stacks/place.js';

/** Executors call functions that make promises of their own, but hardly deeper than this. */
const KEPT = 16;

/** The last calls of `new Promise` and `withResolvers`, for what is started in their executors. */
export class NewPromises {
  private readonly records: (AsyncRecord | null)[] = new Array<AsyncRecord | null>(KEPT).fill(null);
  private readonly places: (Place | null)[] = new Array<Place | null>(KEPT).fill(null);
  private next = 0;
  private isEmpty = true;

  add(record: AsyncRecord, place: Place | null): void {
    this.records[this.next] = record;
    this.places[this.next] = place;
    this.next = (this.next + 1) % KEPT;
    this.isEmpty = false;
  }

  /** One was not recorded: its executor would be taken for that of another. */
  forget(): void {
    if (this.isEmpty) return;
    this.isEmpty = true;
    this.records.fill(null);
    this.places.fill(null);
  }

  get last(): AsyncRecord | null {
    return this.records[(this.next - 1 + KEPT) % KEPT] ?? null;
  }

  get lastPlace(): Place | null {
    return this.places[(this.next - 1 + KEPT) % KEPT] ?? null;
  }

  /** A function of `timers/promises` has made its promise and now makes the timer for it. */
  get isInTimersPromise(): boolean {
    const { last, lastPlace } = this;
    if (last === null || lastPlace === null || !lastPlace.isInternal) return false;
    const isPending = (last.flags & Flag.Ended) === 0;
    return lastPlace.name.startsWith('set') && isPending && (last.extra?.inputs ?? null) === null;
  }

  /** The last one that was made at this place, if it is pending. */
  at(place: Place | null | undefined): AsyncRecord | null {
    if (place === null || place === undefined) return null;
    for (let back = 1; back <= KEPT; back++) {
      const index = (this.next - back + KEPT) % KEPT;
      if (this.places[index] !== place) continue;
      const record = this.records[index] ?? null;
      return record !== null && (record.flags & Flag.Ended) === 0 ? record : null;
    }
    return null;
  }
}
