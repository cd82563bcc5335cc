/**
 * The requests of `http.request`. Node announces one when it is made, in the code that waits for it; its async
 * resource comes later, when it has got a connection, and stands for the same request.
 */
import { listen } from './channels.js';
import { recentMs } from './clock.js';
import type { Executions } from './executions.js';
import { type LiveList, targetOf } from './liveList.js';
import type { Operations } from './operations.js';
import { type AsyncRecord, extraOf, Flag, Kind, recordOf, stamp } from './records.js';

/** Frames between the announcement and the code that made the request. */
const DEPTH = 20;

/** More are not looked at, and stay until they are collected. */
const MAX_REQUESTS = 5_000;

interface ClientRequest {
  destroyed?: boolean;
  res?: { complete?: boolean } | null;
}

export class ClientRequests {
  private requests: AsyncRecord[] = [];
  errors = 0;

  constructor(
    private readonly live: LiveList,
    private readonly executions: Executions,
    private readonly operations: Operations,
  ) {}

  /** Returns what ends it. Before Node 22 nothing is announced at the beginning. */
  install(): () => void {
    const listener = (message: unknown): void => {
      try {
        const record = this.add((message as { request: ClientRequest }).request);
        this.operations.locate(record, listener, DEPTH);
      } catch {
        this.errors++;
      }
      this.live.isFilling = false;
    };
    return listen('http.client.request.created', listener);
  }

  /** The record of the request that an async resource is for. */
  of(resource: { req?: ClientRequest }): AsyncRecord | null {
    const request = resource.req;
    if (request === undefined) return null;
    const record = recordOf(request) ?? this.add(request);
    this.live.touch(record);
    return (record.flags & Flag.Ended) === 0 ? record : null;
  }

  /** Ends what is over. */
  refresh(): void {
    this.requests = this.requests.filter((record) => {
      if ((record.flags & (Flag.Ended | Flag.Open)) !== 0) return (record.flags & Flag.Ended) === 0;
      const request = targetOf(record) as ClientRequest | null;
      if (request !== null && request.destroyed !== true && request.res?.complete !== true) return true;
      this.live.end(record);
      return false;
    });
  }

  private add(request: ClientRequest): AsyncRecord {
    const record = this.live.create(Kind.Resource, recentMs(), request, this.executions.origin);
    extraOf(record).type = 'HTTPCLIENTREQUEST';
    stamp(request, record);
    if (this.requests.length < MAX_REQUESTS) this.requests.push(record);
    return record;
  }
}
