import type { WireDetail } from '../../protocol/wire.js';
import { type Context, serverOf, statement } from './libraryChannel.js';

/** Of a command, or of several that are sent as one: `MULTI of 3 commands`. */
export function redisDetail(context: Context): WireDetail {
  const { command, batchMode, batchSize } = context;
  const given: unknown = context['args'];
  // the package redis has the command as the first of them
  const args: unknown = Array.isArray(given) && given[0] === command ? given.slice(1) : given;
  const text =
    command === undefined
      ? `${String(batchMode)} of ${String(batchSize)} commands`
      : redisCommand(command, args);
  return { ...statement(text), ...serverOf(context) };
}

/** `GET cart`: a command and the key that it is for, without what stands behind the last colon and without values. */
export function redisCommand(command: unknown, args: unknown): string {
  if (typeof command !== 'string') return '';
  const name = command.toUpperCase();
  const key: unknown = Array.isArray(args) ? args[0] : undefined;
  if (!HAS_KEY.test(name) || typeof key !== 'string') return name;
  const colon = key.lastIndexOf(':');
  return `${name} ${colon < 0 ? key : `${key.slice(0, colon)}:…`}`;
}

/** How commands begin whose first argument is a key, or a number of keys. */
const HAS_KEY =
  /^(?:APPEND|BIT|BL|BR|BZ|DECR|DEL|EXISTS|EXPIRE|GEO|GET|H[DEGIKLMSV]|INCR|L[ILMPRST]|MGET|PERSIST|PF|PTTL|RP|S(?:ADD|CARD|ET|IS|MEM|POP|RAND|REM|SCAN|TRLEN)|T(?:TL|YPE)|UNLINK|X[ACDLPT]|XRANGE|Z)/;
