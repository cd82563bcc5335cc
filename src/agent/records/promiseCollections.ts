/**
 * Hears of promises that are collected. A registry keeps nothing alive, not even until the end of the job as a WeakRef
 * does that is made in it, and costs a fraction of one. It calls back in a task of its own, for all of its promises that
 * one collection took: there are several registries, so that a million of them do not make one long task.
 */
import type { AsyncRecord } from './records.js';

const REGISTRIES = 64;
/** So many in turn go to one registry. */
const TOGETHER = 1_024;

/** `register` as it is before the program can change it. */
const REGISTER = Object.getOwnPropertyDescriptor(FinalizationRegistry.prototype, 'register') ?? {};

export class PromiseCollections {
  private readonly registries: FinalizationRegistry<AsyncRecord>[] = [];
  private count = 0;

  constructor(onCollected: (record: AsyncRecord) => void) {
    for (let n = 0; n < REGISTRIES; n++) {
      const registry = new FinalizationRegistry(onCollected);
      this.registries.push(Object.defineProperty(registry, 'register', REGISTER));
    }
  }

  /** Of a record that has ended by then it is heard, too. */
  expect(promise: object, record: AsyncRecord): void {
    const turn = Math.trunc(this.count++ / TOGETHER) % REGISTRIES;
    (this.registries[turn] as FinalizationRegistry<AsyncRecord>).register(promise, record);
  }
}
