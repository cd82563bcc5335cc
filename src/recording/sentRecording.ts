import { fail, flag, list, number, object, count, text } from '../model/wire/wireChecks.js';
import { NumberReader } from '../model/wire/numberReader.js';
import {
  KIND_BITS,
  PLACE_SHIFT,
  ROW_NUMBERS,
  type SentPart,
  type SentRecording,
} from '../protocol/recording.js';
import { type EventLog, kindOf } from './eventLog.js';

/** An answer holds a few thousand rows of at most so many characters. */
const MAX_TEXT = 4_000_000;
const MAX_PARTS = 100;
const MAX_TYPES = 1_000;

/** Checks what an agent has sent. Throws a `ProtocolError`. */
export function readSentRecording(value: unknown): SentRecording {
  const sent = object(value, 'recording');
  if (sent['kind'] !== 'recording') fail('recording', 'is of another kind');
  return {
    kind: 'recording',
    first: count(sent['first'], 'first'),
    next: count(sent['next'], 'next'),
    more: flag(sent['more'], 'more'),
    nowMs: number(sent['nowMs'], 'nowMs'),
    parts: list(sent['parts'], 'parts', readPart, MAX_PARTS),
    types: list(sent['types'], 'types', text, MAX_TYPES),
  };
}

function readPart(value: unknown, at: string): SentPart {
  const part = object(value, at);
  const rows = part['rows'];
  if (typeof rows !== 'string' || rows.length > MAX_TEXT) fail(`${at}.rows`, 'is no text of rows');
  return { startMs: number(part['startMs'], `${at}.startMs`), rows };
}

/** Adds the rows of a part. Throws a `ProtocolError` where they are cut or of an unknown kind. */
export function readRows({ startMs, rows }: SentPart, log: EventLog): void {
  const numbers = new NumberReader(rows);
  const row = new Array<number>(ROW_NUMBERS).fill(0);
  while (!numbers.isAtEnd) {
    for (let column = 0; column < ROW_NUMBERS; column++) {
      const value = numbers.next();
      if (!(value >= 0 && value < 2 ** 32)) fail('rows', 'are not whole numbers');
      row[column] = value;
    }
    const [head = 0, id = 0, us = 0, value = 0] = row;
    const kind = kindOf(head & (2 ** KIND_BITS - 1));
    if (kind === undefined) fail('rows', 'hold an event that is not known');
    log.push(kind, (head >>> KIND_BITS) & 1, head >>> PLACE_SHIFT, id, startMs + us / 1_000, value);
  }
}
