/** Node's own announcements of what happens in its libraries, taken before the program can replace anything. */
import * as diagnosticsChannel from 'node:diagnostics_channel';

type Listener = (message: unknown, name: string | symbol) => void;

/** Missing in the first releases of Node 18. */
const { subscribe, unsubscribe } = diagnosticsChannel as Partial<typeof diagnosticsChannel>;

/** Calls `listener` with each message of a channel; returns what takes it away again. */
export function listen(name: string, listener: Listener): () => void {
  subscribe?.(name, listener);
  return () => unsubscribe?.(name, listener);
}
