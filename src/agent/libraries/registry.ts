import type { WireDetail } from '../../protocol/wire.js';
import { ioredis } from './ioredis.js';
import type { Context, LibraryChannel } from './libraryChannel.js';
import { mongoose } from './mongoose.js';
import { mysql2 } from './mysql2.js';
import { QUERY, queryDetail } from './pg.js';
import { redis } from './redis.js';

/** The tracing channels that are listened to. */
export const LIBRARY_CHANNELS: readonly LibraryChannel[] = [...ioredis, ...redis, ...mysql2, ...mongoose];

const byName = new Map(LIBRARY_CHANNELS.map((channel) => [channel.name, channel]));

/** What is known of a library's operation; `undefined` of what is none. Never throws. */
export function libraryDetail(type: string, context: object): WireDetail | undefined {
  try {
    return type === QUERY ? queryDetail(context) : byName.get(type)?.detail(context as Context);
  } catch {
    return undefined;
  }
}
