/** The requests of `fetch`, as Node announces them. */
import { listen } from './channels.js';
import { recentMs } from './clock.js';
import type { Executions } from './executions.js';
import type { LiveList } from './liveList.js';
import type { Operations } from './operations.js';
import { extraOf, Kind, recordOf, stamp } from './records.js';

/** Between the code that calls `fetch` and the announcement lie some thirty functions. */
const DEPTH = 48;

type Listener = (message: unknown) => void;

export class FetchRequests {
  errors = 0;

  constructor(
    private readonly live: LiveList,
    private readonly executions: Executions,
    private readonly operations: Operations,
  ) {}

  /** Returns what ends it. */
  install(): () => void {
    const create: Listener = (message) => {
      try {
        this.created((message as { request: object }).request, create);
      } catch {
        this.errors++;
      }
      this.live.isFilling = false;
    };
    const removers = [
      listen('undici:request:create', create),
      listen('undici:request:headers', (message) => this.answered(message)),
      listen('undici:request:trailers', (message) => this.ended(message)),
      listen('undici:request:error', (message) => this.ended(message)),
    ];
    return () => {
      for (const remove of removers) remove();
    };
  }

  private created(request: object, hook: Listener): void {
    const record = this.live.create(Kind.Resource, recentMs(), request, this.executions.origin);
    const isWebSocket = (request as { upgrade?: unknown }).upgrade === 'websocket';
    extraOf(record).type = isWebSocket ? 'WEBSOCKETREQUEST' : 'UNDICIREQUEST';
    stamp(request, record);
    this.operations.locate(record, hook, DEPTH);
  }

  /** The headers have come: that is its one run, now it waits for the body. */
  private answered(message: unknown): void {
    const record = recordOf((message as { request: object }).request);
    if (record === null) return;
    extraOf(record).runs++;
    this.live.touch(record);
  }

  private ended(message: unknown): void {
    const record = recordOf((message as { request: object }).request);
    if (record !== null) this.live.end(record);
  }
}
