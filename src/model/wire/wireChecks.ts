import { t } from '../../base/texts.js';
import { clipText } from '../plainText.js';
import { ProtocolError } from './protocolError.js';

/** Checks of what an agent has said; each throws a `ProtocolError` that names the place, `at`. */

/** Longer texts are clipped. */
const MAX_TEXT = 1000;
/** An error with its stack has several lines. */
const MAX_LONG_TEXT = 10_000;
/** A longer list is refused. An agent ends more at once than it sends of anything else. */
const MAX_LIST = 250_000;

export function isThere(value: unknown): boolean {
  return value !== undefined && value !== null;
}

export function object(value: unknown, at: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) fail(at, 'is not an object');
  return value as Record<string, unknown>;
}

export function list<T>(
  value: unknown,
  at: string,
  read: (item: unknown, at: string) => T,
  maxLength = MAX_LIST,
): T[] {
  if (!Array.isArray(value)) fail(at, 'is not a list');
  if (value.length > maxLength) fail(at, 'is too long');
  return value.map((item, position) => read(item, `${at}[${position}]`));
}

export function text(value: unknown, at: string): string {
  return longText(value, at, MAX_TEXT);
}

export function longText(value: unknown, at: string, maxLength = MAX_LONG_TEXT): string {
  if (typeof value !== 'string') fail(at, 'is not a text');
  return value.length <= maxLength ? value : ofItsOwn(clipText(value, maxLength));
}

/** A part of a text keeps the whole in memory. */
function ofItsOwn(part: string): string {
  return JSON.parse(JSON.stringify(part)) as string;
}

export function number(value: unknown, at: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) fail(at, 'is not a number');
  return value;
}

export function count(value: unknown, at: string): number {
  const checked = number(value, at);
  if (!Number.isSafeInteger(checked) || checked < 0) fail(at, 'is not a whole number');
  return checked;
}

export function index(value: unknown, at: string, size: number): number {
  const checked = count(value, at);
  if (checked >= size) fail(at, 'names an entry that was never sent');
  return checked;
}

export function flag(value: unknown, at: string): boolean {
  if (typeof value !== 'boolean') fail(at, 'is not true or false');
  return value;
}

export function fail(at: string, problem: string): never {
  throw new ProtocolError(
    t(
      'The agent in the program sent something that the debugger does not understand ({0}). Restart the program; if that does not help, report it.',
      `${at} ${problem}`,
    ),
  );
}
