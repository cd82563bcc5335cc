import { connecting, type LibraryChannel } from './libraryChannel.js';
import { redisDetail } from './redisCommand.js';

/** From 5.11 on. While a command is traced the library handles its rejection itself. */
export const ioredis: readonly LibraryChannel[] = [
  { name: 'ioredis:command', givesPromise: true, hidesErrors: true, detail: redisDetail },
  { name: 'ioredis:batch', givesPromise: true, hidesErrors: true, detail: redisDetail },
  connecting('ioredis:connect'),
];
