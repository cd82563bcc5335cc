/**
 * What ties a promise or request to its record: a private field that is put on the object itself. Nobody sees it,
 * it is gone with the object, and to read it costs a few nanoseconds; a `WeakMap` costs more in each collection.
 */
import { type AsyncRecord, isTask, type TaskRecord } from './records.js';

/** Returns its argument, so that a subclass installs its private fields on that object. */
function returning(target: object): object {
  return target;
}

/** What extends it has its private fields on the object that it is made of. */
export const Returning = returning as unknown as new (target: object) => object;

class RecordField extends Returning {
  #record: AsyncRecord;
  /** It is the hidden promise of an await, and will resume that task. */
  #resumes: boolean;

  constructor(target: object, record: AsyncRecord, resumes: boolean) {
    super(target);
    this.#record = record;
    this.#resumes = resumes;
  }

  static readonly recordOf = (target: object): AsyncRecord | null => {
    return #record in target ? target.#record : null;
  };

  /** Only of what has a record. */
  static readonly renew = (target: object, record: AsyncRecord): void => {
    (target as RecordField).#record = record;
    (target as RecordField).#resumes = false;
  };

  /** Only of what has a record. */
  static readonly resumes = (target: object): boolean => (target as RecordField).#resumes;
}

/** Attaches a record to its promise or request. */
export function attachRecord(target: object, record: AsyncRecord): void {
  new RecordField(target, record, false);
}

/** Gives what was taken for the hidden promise of an await a record of its own. */
export const reattachRecord = RecordField.renew;

/** Marks the hidden promise of an await with the task that it will resume. */
export function attachAwait(promise: object, task: TaskRecord): void {
  new RecordField(promise, task, true);
}

/** The record of a promise or request; of the hidden promise of an await that of the task. */
export const recordOf = RecordField.recordOf;

/** Whether `promise`, which has this record, is the hidden one of an await that resumes the task. */
export function isResumption(promise: object, record: AsyncRecord): record is TaskRecord {
  return isTask(record) && RecordField.resumes(promise);
}

/**
 * V8 asks its runtime for a private field that is not there, unless it has met more shapes of objects at that place
 * than it keeps apart: then that takes a third of the time. It takes note only once a function has run for a while.
 */
function meetManyShapes(): void {
  for (let n = 0; n < 800; n++) recordOf({ [`shape${n % 8}`]: n });
}

meetManyShapes();
