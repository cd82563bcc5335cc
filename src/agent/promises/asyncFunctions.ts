import { type AsyncRecord, Flag, Kind } from '../records/records.js';
import type { Above } from '../stacks/capture.js';
import type { Place } from '../stacks/place.js';
import { Entry } from '../stacks/sites.js';
import type { Stack } from '../stacks/stack.js';
import type { Executions } from './executions.js';
import type { ExpectedStack } from './expectedStack.js';
import type { OpenCalls } from './openCalls.js';
import type { PromiseRecords } from './promiseRecords.js';
import type { Thenables } from './thenables.js';

/**
 * A promise without a parent, made in a function: that function is async and was entered, and becomes the innermost open
 * call. Native code makes promises that look the same.
 */
export class AsyncFunctions {
  /** The last promise made outside JavaScript: the operation that follows at once settles it. */
  lastNative: AsyncRecord | null = null;

  constructor(
    private readonly executions: Executions,
    private readonly stack: Stack,
    private readonly records: PromiseRecords,
    private readonly calls: OpenCalls,
    private readonly thenables: Thenables,
    private readonly expected: ExpectedStack,
  ) {}
  entered(promise: object, place: Place, hook: Above): void {
    const executions = this.executions;
    const entry = this.stack.places.entryAt(place);
    this.expected.areFewLikely = entry === Entry.Yes;
    if (entry === Entry.No) {
      this.madeByNative(this.records.create(Kind.Promise, promise), place);
      return;
    }
    if (executions.countOpen(place.fn) > 0) {
      // this call is on the stack too
      this.calls.dropStale(place.fn, 1, hook);
    }
    const caller = this.stack.second;
    // it was called by nobody, so that it is what runs in this execution
    if (caller === null && entry === Entry.Yes) executions.resumedUnseen = false;
    if (caller !== null && entry === Entry.Yes) this.stack.few.learnCall(place, caller);
    const isModule = place.isModule && caller?.isModuleLinker === true;
    const kind = entry === Entry.Maybe ? Kind.Promise : isModule ? Kind.Module : Kind.Function;
    const task = this.records.createTask(kind, promise);
    const calledBy = executions.open === null ? null : this.calls.callerOf(caller, hook);
    task.by = this.calls.idOf(calledBy);
    if (calledBy === null) this.thenables.add(task);
    else if (calledBy === undefined) this.thenables.missed();
    task.fn = place.fn;
    if (caller !== null) task.call = caller.id;
    this.madeByNative(task, place);
    // a module is entered when it is linked and runs later
    if (kind === Kind.Module) {
      this.calls.modules.set(place.fn, task);
      return;
    }
    executions.push(task);
    const { recorder } = executions;
    if (recorder.isOn && kind === Kind.Function) recorder.began(task, task.sinceUs);
  }

  /** The native promise was taken for what it is: it is no async function. */
  takeNative(): void {
    const record = this.lastNative;
    this.lastNative = null;
    if (record === null || record.kind !== Kind.Promise) return;
    record.flags &= ~Flag.Open;
  }

  /** As far as can be said now: it may yet turn out to be an async function. */
  private madeByNative(record: AsyncRecord, place: Place): void {
    record.site = place.id;
    if (place.isModuleJob && record.kind === Kind.Promise) record.flags |= Flag.Evaluation;
    this.lastNative = record;
  }
}
