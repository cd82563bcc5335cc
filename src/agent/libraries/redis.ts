import { connecting, type LibraryChannel } from './libraryChannel.js';
import { redisDetail } from './redisCommand.js';

/** The packages redis and `@redis/client`, from 5.12 on. */
export const redis: readonly LibraryChannel[] = [
  { name: 'node-redis:command', givesPromise: true, detail: redisDetail },
  { name: 'node-redis:batch', givesPromise: true, detail: redisDetail },
  connecting('node-redis:connect'),
];
