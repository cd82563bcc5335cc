/**
 * The HTTP requests that are going on. Node makes one async resource for a server's connection and serves all
 * of its requests with it, and lets the resource of a client's request live on after its answer. So at each
 * beat it is looked up which request is being answered, and which is over.
 */
import { type LiveList, targetOf } from './liveList.js';
import { type AsyncRecord, extraOf, Flag } from './records.js';

/** Requests and connections that are looked at; more stay as they were first shown. */
const MAX_REQUESTS = 5_000;

interface HttpResource {
  /** Of a server's connection. */
  socket?: {
    destroyed?: boolean;
    _httpMessage?: { req?: { method?: unknown; url?: unknown } } | null;
  };
  /** Of a client's request. */
  req?: { destroyed?: boolean; res?: { complete?: boolean } | null };
}

export function isHttp(type: string): boolean {
  return type === 'HTTPINCOMINGMESSAGE' || type === 'HTTPCLIENTREQUEST';
}

function isOver({ socket, req }: HttpResource): boolean {
  return socket?.destroyed === true || req?.destroyed === true || req?.res?.complete === true;
}

export class HttpRequests {
  private requests: AsyncRecord[] = [];

  track(record: AsyncRecord): void {
    if (this.requests.length < MAX_REQUESTS) this.requests.push(record);
  }

  /** Has those sent again that changed, and ends those that are over. */
  refresh(live: LiveList): void {
    this.requests = this.requests.filter((record) => {
      if ((record.flags & Flag.Ended) !== 0) return false;
      const resource = targetOf(record) as HttpResource | null;
      if (resource === null || isOver(resource)) {
        live.end(record);
        return false;
      }
      if (resource.socket === undefined) return true;
      const request = resource.socket._httpMessage?.req;
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
