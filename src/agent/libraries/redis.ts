import { type LibraryChannel, serverOf, statement } from './libraryChannel.js';
import { redisCommand } from './redisCommand.js';

/** The packages redis and `@redis/client`, from 5.12 on. */
export const redis: readonly LibraryChannel[] = [
  {
    name: 'node-redis:command',
    givesPromise: true,
    detail: (context) => {
      const args: unknown = context['args'];
      // with the command as the first of them
      const others = Array.isArray(args) ? [args[1]] : undefined;
      return { ...statement(redisCommand(context['command'], others)), ...serverOf(context) };
    },
  },
  {
    name: 'node-redis:batch',
    givesPromise: true,
    detail: (context) => ({ ...statement(batch(context)), ...serverOf(context) }),
  },
  { name: 'node-redis:connect', givesPromise: true, detail: serverOf },
];

/** `MULTI of 3 commands`. */
function batch({ batchMode, batchSize }: Readonly<Record<string, unknown>>): string {
  return typeof batchMode === 'string' && typeof batchSize === 'number'
    ? `${batchMode} of ${batchSize} commands`
    : '';
}
