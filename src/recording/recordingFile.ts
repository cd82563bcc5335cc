/**
 * The file of recordings; docs/RECORDINGS.md describes it. Reading one trusts nothing: it may be cut, of another program or
 * made to harm.
 */
import { UserError } from '../base/userError.js';
import { clipText } from '../model/plainText.js';
import type { Site, Snapshot } from '../protocol/snapshot.js';
import { EventLog, kindOf } from './eventLog.js';
import type { RecordedBlock, Recording } from './threadRecording.js';

export interface RecordingFile {
  /** ISO 8601. */
  madeAt: string;
  /** Version of the package that wrote it. */
  madeBy: string;
  recordings: Recording[];
  /** The tasks at the end, where they were asked for. */
  snapshot?: Snapshot;
}

export const RECORDING_EXTENSION = 'asyncrec';

const MAGIC = 'ASYNCREC';
const VERSION = 1;
const HEAD_BYTES = MAGIC.length + 8;
const ROW_BYTES = 22;
const MAX_HEADER_BYTES = 256 * 2 ** 20;
const MAX_THREADS = 1_000;
const MAX_ROWS = 20_000_000;
const MAX_TEXT = 1_000;

/** The file as bytes. */
export function writeRecording({ madeAt, madeBy, recordings, snapshot }: RecordingFile): Uint8Array {
  const threads = recordings.map((recording) => {
    const { log, places, names, outcomes, ...rest } = recording;
    return {
      ...rest,
      rows: log.length,
      places: places.map((site) => site ?? null),
      names: [...names],
      outcomes: [...outcomes],
    };
  });
  const header = new TextEncoder().encode(JSON.stringify({ madeAt, madeBy, threads, snapshot }));
  const rows = recordings.reduce((sum, { log }) => sum + log.length, 0);
  const bytes = new Uint8Array(HEAD_BYTES + header.length + rows * ROW_BYTES);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode(MAGIC));
  view.setUint32(MAGIC.length, VERSION, true);
  view.setUint32(MAGIC.length + 4, header.length, true);
  bytes.set(header, HEAD_BYTES);
  let at = HEAD_BYTES + header.length;
  for (const { log } of recordings) {
    for (let row = 0; row < log.length; row++, at += ROW_BYTES) {
      bytes[at] = log.kind[row] as number;
      bytes[at + 1] = log.gap[row] as number;
      view.setUint32(at + 2, log.place[row] as number, true);
      view.setUint32(at + 6, log.id[row] as number, true);
      view.setUint32(at + 10, log.value[row] as number, true);
      view.setFloat64(at + 14, log.timeMs[row] as number, true);
    }
  }
  return bytes;
}

/** Throws a `UserError` that says in one sentence what is wrong with the file. */
export function readRecording(bytes: Uint8Array): RecordingFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < HEAD_BYTES || new TextDecoder().decode(bytes.subarray(0, MAGIC.length)) !== MAGIC)
    throw new UserError('This is no recording of Async Debugger.');
  const version = view.getUint32(MAGIC.length, true);
  if (version !== VERSION)
    throw new UserError(
      `This recording has version ${version}, and this Async Debugger reads version ${VERSION}: update it.`,
    );
  const headerBytes = view.getUint32(MAGIC.length + 4, true);
  if (headerBytes > MAX_HEADER_BYTES || HEAD_BYTES + headerBytes > bytes.length) throw cut();
  const header = parsed(bytes.subarray(HEAD_BYTES, HEAD_BYTES + headerBytes));
  const threads = listOf(header['threads'], MAX_THREADS);
  let at = HEAD_BYTES + headerBytes;
  const recordings = threads.map((value) => {
    const thread = objectOf(value);
    const rows = numberOf(thread['rows']);
    if (!Number.isInteger(rows) || rows < 0 || rows > MAX_ROWS) throw damaged();
    if (at + rows * ROW_BYTES > bytes.length) throw cut();
    const log = readLog(view, at, rows);
    at += rows * ROW_BYTES;
    return recordingOf(thread, log);
  });
  if (at !== bytes.length) throw damaged();
  const snapshot = header['snapshot'];
  return {
    madeAt: textOf(header['madeAt']),
    madeBy: textOf(header['madeBy']),
    recordings,
    ...(isSnapshot(snapshot) && { snapshot }),
  };
}

function readLog(view: DataView, start: number, rows: number): EventLog {
  const log = new EventLog();
  for (let at = start; at < start + rows * ROW_BYTES; at += ROW_BYTES) {
    const kind = kindOf(view.getUint8(at));
    const timeMs = view.getFloat64(at + 14, true);
    if (kind === undefined || !Number.isFinite(timeMs)) throw damaged();
    log.push(
      kind,
      view.getUint8(at + 1) & 1,
      view.getUint32(at + 2, true),
      view.getUint32(at + 6, true),
      timeMs,
      view.getUint32(at + 10, true),
    );
  }
  return log;
}

function recordingOf(thread: Record<string, unknown>, log: EventLog): Recording {
  const who = objectOf(thread['thread']);
  return {
    thread: {
      session: textOf(who['session']),
      ...(who['parent'] === undefined ? {} : { parent: textOf(who['parent']) }),
      name: textOf(who['name']),
      pid: numberOf(who['pid']),
      threadId: numberOf(who['threadId']),
      node: textOf(who['node']),
    },
    log,
    types: listOf(thread['types'], 10_000).map(textOf),
    places: listOf(thread['places'], 1_000_000).map((site) => (site === null ? undefined : siteOf(site))),
    offsetMs: numberOf(thread['offsetMs']),
    lostRows: numberOf(thread['lostRows']),
    blocks: listOf(thread['blocks'], 100_000).map(blockOf),
    names: new Map(pairsOf(thread['names']).map(([id, name]) => [id, textOf(name)])),
    outcomes: new Map(
      pairsOf(thread['outcomes']).map(([id, outcome]) => [
        id,
        outcome === 'rejected' ? outcome : 'fulfilled',
      ]),
    ),
  };
}

function blockOf(value: unknown): RecordedBlock {
  const block = objectOf(value);
  return {
    startedMs: numberOf(block['startedMs']),
    durationMs: numberOf(block['durationMs']),
    cause: textOf(block['cause']),
    ...(block['site'] === undefined ? {} : { site: siteOf(block['site']) }),
  };
}

function siteOf(value: unknown): Site {
  const site = objectOf(value);
  return {
    file: textOf(site['file']),
    line: numberOf(site['line']),
    column: numberOf(site['column']),
    ...(site['function'] === undefined ? {} : { function: textOf(site['function']) }),
  };
}

function pairsOf(value: unknown): [number, unknown][] {
  return listOf(value, 2_000_000).map((pair) => {
    const [id, given] = listOf(pair, 2);
    return [numberOf(id), given];
  });
}

/** No more than that it can be shown: its texts are treated as those of a program are. */
function isSnapshot(value: unknown): value is Snapshot {
  const snapshot = value as Partial<Snapshot> | undefined;
  return (
    typeof snapshot === 'object' &&
    snapshot.version === 1 &&
    Array.isArray(snapshot.processes) &&
    snapshot.processes.every(
      (process) => typeof process === 'object' && Array.isArray((process as { tasks?: unknown }).tasks),
    )
  );
}

function parsed(bytes: Uint8Array): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw damaged();
  }
  return objectOf(value);
}

function objectOf(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw damaged();
  return value as Record<string, unknown>;
}

function listOf(value: unknown, maxLength: number): unknown[] {
  if (!Array.isArray(value) || value.length > maxLength) throw damaged();
  return value;
}

function numberOf(value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw damaged();
  return value;
}

function textOf(value: unknown): string {
  if (typeof value !== 'string') throw damaged();
  return clipText(value, MAX_TEXT);
}

function cut(): UserError {
  return new UserError('This recording is cut off: its end is missing. Copy or record it again.');
}

function damaged(): UserError {
  return new UserError('This recording is damaged and cannot be read. Copy or record it again.');
}
