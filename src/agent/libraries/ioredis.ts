import { type LibraryChannel, serverOf, statement } from './libraryChannel.js';
import { redisCommand } from './redisCommand.js';

/** From 5.11 on. While a command is traced the library handles its rejection itself. */
export const ioredis: readonly LibraryChannel[] = [
  {
    name: 'ioredis:command',
    givesPromise: true,
    hidesErrors: true,
    detail: (context) => ({
      ...statement(redisCommand(context['command'], context['args'])),
      ...serverOf(context),
    }),
  },
  {
    name: 'ioredis:batch',
    givesPromise: true,
    hidesErrors: true,
    detail: (context) => ({
      ...statement(batch(context['batchMode'], context['batchSize'])),
      ...serverOf(context),
    }),
  },
  { name: 'ioredis:connect', givesPromise: true, detail: serverOf },
];

/** `MULTI of 3 commands`. */
function batch(mode: unknown, size: unknown): string {
  return typeof mode === 'string' && typeof size === 'number' ? `${mode} of ${size} commands` : '';
}
