/** The requests of `fetch`, as Node announces them. */
import type { Above } from '../stacks/capture.js';
import type { Channels } from './channels.js';
import { recentMs } from '../clocks/clock.js';
import type { Executions } from '../promises/executions.js';
import type { LiveList } from '../records/liveList.js';
import type { Operations } from './operations.js';
import { extraOf, Kind } from '../records/records.js';
import { recordOf, attachRecord } from '../records/privateRecord.js';

/** Between the code that calls `fetch` and the announcement lie some thirty functions. */
const DEPTH = 48;

export class FetchRequests {
  constructor(
    private readonly live: LiveList,
    private readonly executions: Executions,
    private readonly operations: Operations,
    private readonly channels: Channels,
  ) {}

  /** Returns what ends it. */
  install(): () => void {
    const { channels } = this;
    const removers = [
      channels.listen('undici:request:create', ({ request }, hook) => this.created(request, hook)),
      channels.listen('undici:request:headers', ({ request }) => this.answered(request)),
      channels.listen('undici:request:trailers', ({ request }) => this.ended(request)),
      channels.listen('undici:request:error', ({ request }) => this.ended(request)),
    ];
    return () => {
      for (const remove of removers) remove();
    };
  }

  private created(request: object, hook: Above): void {
    const record = this.live.create(Kind.Resource, recentMs(), request, this.executions.origin);
    const isWebSocket = (request as { upgrade?: unknown }).upgrade === 'websocket';
    extraOf(record).type = isWebSocket ? 'WEBSOCKETREQUEST' : 'UNDICIREQUEST';
    attachRecord(request, record);
    this.operations.start(record, hook, DEPTH);
  }

  /** The headers have come: that is its one run, now it waits for the body. */
  private answered(request: object): void {
    const record = recordOf(request);
    if (record === null) return;
    extraOf(record).runs++;
    this.live.markDirty(record);
  }

  private ended(request: object): void {
    const record = recordOf(request);
    if (record !== null) this.live.end(record);
  }
}
