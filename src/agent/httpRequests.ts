/**
 * The requests that HTTP servers are answering. Node makes one async resource for a connection and serves all
 * of its requests with it, so at each beat it is looked up whether a request is being answered, and which.
 */
import { type LiveList, targetOf } from './liveList.js';
import { type AsyncRecord, extraOf, Flag } from './records.js';

/** Connections that are looked at; more keep what they showed first. */
const MAX_CONNECTIONS = 5_000;

interface IncomingResource {
  socket?: {
    destroyed?: boolean;
    _httpMessage?: { req?: { method?: unknown; url?: unknown } } | null;
  };
}

export class HttpRequests {
  private connections: AsyncRecord[] = [];

  track(record: AsyncRecord): void {
    if (this.connections.length < MAX_CONNECTIONS) this.connections.push(record);
  }

  /** Has the requests sent again that changed, and ends those whose connection is closed. */
  refresh(live: LiveList): void {
    this.connections = this.connections.filter((record) => {
      if ((record.flags & Flag.Ended) !== 0) return false;
      const resource = targetOf(record) as IncomingResource | null;
      if (resource === null || resource.socket?.destroyed === true) {
        live.end(record);
        return false;
      }
      const request = resource.socket?._httpMessage?.req;
      const name = request === undefined ? '' : `${String(request.method)} ${String(request.url)}`;
      const extra = extraOf(record);
      if (extra.name !== name) {
        extra.name = name;
        live.touch(record);
      }
      return true;
    });
  }
}
