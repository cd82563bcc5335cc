/**
 * The HTTP requests that are going on. Node makes one async resource for a server's connection and serves all
 * of its requests with it, so each request gets a record of its own when it comes. Requests say nothing when
 * they are over: that is looked up at each beat.
 */
import { listen } from './channels.js';
import { recentMs } from './clock.js';
import type { Executions } from './executions.js';
import { type LiveList, targetOf } from './liveList.js';
import { type AsyncRecord, extraOf, Flag, Kind } from './records.js';

/** Connections and clients' requests that are looked at; more stay until they are collected. */
const MAX_TRACKED = 5_000;

const CONNECTION = 'HTTPINCOMINGMESSAGE';
const CLIENT = 'HTTPCLIENTREQUEST';
const REQUEST = 'HTTPSERVERREQUEST';

/** What a server's request is answered with. */
export interface Answer {
  writableFinished?: boolean;
  destroyed?: boolean;
}

/** The async resources of Node: one holds a server's connection, the other a client's request. */
interface HttpResource {
  socket?: { destroyed?: boolean };
  req?: { destroyed?: boolean; res?: { complete?: boolean } | null };
}

export class HttpRequests {
  private tracked: AsyncRecord[] = [];
  errors = 0;

  constructor(
    private readonly live: LiveList,
    private readonly executions: Executions,
  ) {}

  /** Follows the requests to the program's servers; returns what ends that. */
  install(): () => void {
    return listen('http.server.request.start', (message) => {
      try {
        this.came((message as { response: object }).response);
      } catch {
        this.errors++;
      }
    });
  }

  /** A resource was made. */
  track(record: AsyncRecord, type: string): void {
    if ((type === CONNECTION || type === CLIENT) && this.tracked.length < MAX_TRACKED)
      this.tracked.push(record);
  }

  /** Ends those that are over, and has a client's request sent again while its answer comes. */
  refresh(): void {
    this.tracked = this.tracked.filter((record) => {
      if ((record.flags & Flag.Ended) !== 0) return false;
      this.endAnswered(record);
      const resource = targetOf(record) as HttpResource | null;
      if (resource === null || (isOver(resource) && (record.flags & Flag.Open) === 0)) {
        this.live.end(record);
        return false;
      }
      const answer = resource.req?.res;
      if (answer !== undefined && answer !== null) this.live.touch(record);
      return true;
    });
  }

  /** The callback of a connection is running; from here on it runs for this request. */
  private came(response: object): void {
    const { executions, live } = this;
    const request = live.create(Kind.Resource, recentMs(), response, 0);
    extraOf(request).type = REQUEST;
    const { current } = executions;
    // several requests can come in one callback
    const connection = current?.extra?.type === REQUEST ? current.owner : current;
    if (connection === null || connection.extra?.type !== CONNECTION) return;
    this.endAnswered(connection);
    request.owner = connection;
    connection.link = request;
    executions.current = request;
  }

  private endAnswered(connection: AsyncRecord): void {
    const request = connection.link;
    if (request === null) return;
    const answer = targetOf(request) as Answer | null;
    if (answer !== null && !isAnswered(answer)) return;
    connection.link = null;
    this.live.end(request);
  }
}

function isOver({ socket, req }: HttpResource): boolean {
  return socket?.destroyed === true || req?.destroyed === true || req?.res?.complete === true;
}

/** Whether a server's request has been answered, or its connection is gone. */
export function isAnswered(answer: Answer): boolean {
  return answer.writableFinished === true || answer.destroyed === true;
}
