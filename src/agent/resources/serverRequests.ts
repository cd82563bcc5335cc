/**
 * The requests to the program's HTTP servers. Node makes one async resource for a connection and serves all of
 * its requests with it, so each request gets a record of its own when it comes. Requests say nothing when they
 * are over: that is looked up at each poll.
 */
import type { Channels } from './channels.js';
import { recentMs } from '../clocks/clock.js';
import type { Executions } from '../promises/executions.js';
import { type LiveList, targetOf } from '../records/liveList.js';
import { type AsyncRecord, extraOf, Flag, Kind } from '../records/records.js';

/** Connections that are looked at; the requests on more stay until they are collected. */
const MAX_CONNECTIONS = 5_000;

/** Async resource type of a connection. */
export const CONNECTION = 'HTTPINCOMINGMESSAGE';
/** That of one request. */
export const REQUEST = 'HTTPSERVERREQUEST';

/** What a request is answered with. */
export interface Answer {
  writableFinished?: boolean;
  destroyed?: boolean;
}

/** The async resource of a connection. */
interface Connection {
  socket?: { destroyed?: boolean };
}

export class ServerRequests {
  private connections: AsyncRecord[] = [];
  /** Requests on connections that were there before the agent. */
  private alone: AsyncRecord[] = [];

  constructor(
    private readonly live: LiveList,
    private readonly executions: Executions,
    private readonly channels: Channels,
  ) {}

  /** Returns what ends it. */
  install(): () => void {
    return this.channels.listen('http.server.request.start', ({ response }) => this.came(response));
  }

  /** A resource was made. People are shown the requests on a connection, not the connection. */
  track(record: AsyncRecord, type: string): void {
    if (type !== CONNECTION) return;
    record.flags |= Flag.Hidden;
    if (this.connections.length < MAX_CONNECTIONS) this.connections.push(record);
  }

  /** Ends what is over. */
  refresh(): void {
    this.alone = this.alone.filter((request) => !this.endsAnswered(request));
    this.connections = this.connections.filter((record) => {
      if ((record.flags & Flag.Ended) !== 0) return false;
      this.endAnswered(record);
      const connection = targetOf(record) as Connection | null;
      if (connection !== null && connection.socket?.destroyed !== true) return true;
      if ((record.flags & Flag.Open) !== 0) return true;
      this.live.end(record);
      return false;
    });
  }

  /** The callback of a connection is running; from here on it runs for this request. */
  private came(response: object): void {
    const { executions, live } = this;
    const request = live.create(Kind.Resource, recentMs(), response, 0);
    extraOf(request).type = REQUEST;
    request.flags |= Flag.Request;
    const { current } = executions;
    executions.current = request;
    // several requests can come in one callback
    const connection = current?.extra?.type === REQUEST ? current.link : current;
    if (connection === null || connection.extra?.type !== CONNECTION) {
      if (this.alone.length < MAX_CONNECTIONS) this.alone.push(request);
      return;
    }
    this.endAnswered(connection);
    request.link = connection;
    connection.link = request;
  }

  private endAnswered(connection: AsyncRecord): void {
    if (connection.link !== null && this.endsAnswered(connection.link)) connection.link = null;
  }

  /** True: it is over. */
  private endsAnswered(request: AsyncRecord): boolean {
    const answer = targetOf(request) as Answer | null;
    if (answer !== null && !isAnswered(answer)) return false;
    this.live.end(request);
    return true;
  }
}

/** Whether a server's request has been answered, or its connection is gone. */
export function isAnswered(answer: Answer): boolean {
  return answer.writableFinished === true || answer.destroyed === true;
}
