/**
 * The requests of `http.request`. Node announces one when it is made, in the code that waits for it; its async
 * resource comes later, when it has got a connection, and stands for the same request.
 */
import type { Channels } from './channels.js';
import type { ClientRequest } from './clientRequest.js';
import { recentMs } from '../clocks/clock.js';
import type { Executions } from '../promises/executions.js';
import type { LiveList } from '../records/liveList.js';
import type { Operations } from './operations.js';
import { type AsyncRecord, extraOf, Flag, Kind } from '../records/records.js';
import { recordOf, attachRecord } from '../records/privateRecord.js';

/** Frames between the announcement and the code that made the request. */
const DEPTH = 20;

export class ClientRequests {
  constructor(
    private readonly live: LiveList,
    private readonly executions: Executions,
    private readonly operations: Operations,
    private readonly channels: Channels,
  ) {}

  /** Returns what ends it. Before Node 22 nothing is announced at the beginning. */
  install(): () => void {
    return this.channels.listen('http.client.request.created', ({ request }, hook) =>
      this.operations.start(this.add(request), hook, DEPTH),
    );
  }

  /** The record of the request that an async resource is for. */
  of(resource: { req?: ClientRequest }): AsyncRecord | null {
    const request = resource.req;
    if (request === undefined) return null;
    const record = recordOf(request) ?? this.add(request);
    this.live.markDirty(record);
    return (record.flags & Flag.Ended) === 0 ? record : null;
  }

  private add(request: ClientRequest): AsyncRecord {
    const record = this.live.create(Kind.Resource, recentMs(), request, this.executions.origin);
    extraOf(record).type = 'HTTPCLIENTREQUEST';
    attachRecord(request, record);
    return record;
  }
}
