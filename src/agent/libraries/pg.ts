/**
 * The package pg and its pool, which announce nothing: their methods are looked at where that was asked for. What a
 * query is, and whether it is over, is read from the query itself.
 */
import { recentMs } from '../clocks/clock.js';
import type { Executions } from '../promises/executions.js';
import { NamedResource } from '../program/namedResource.js';
import type { NamedResources } from '../program/programFunctions.js';
import { attachRecord, recordOf } from '../records/privateRecord.js';
import { type AsyncRecord, extraOf, Flag, Kind } from '../records/records.js';
import { type LiveList, targetOf } from '../records/liveList.js';
import type { WireDetail } from '../../protocol/wire.js';
import { statement } from './libraryChannel.js';
import type { Operations } from '../resources/operations.js';
import type { ObservedModule } from './observedModules.js';
import type { Method, ReplacedMethods } from './replacedMethods.js';
import { sqlStatement } from './sqlStatement.js';

/** Between a method and the code that called it. */
const DEPTH = 14;

/** Async resource type of a query. */
export const QUERY = 'pg:query';

interface Query {
  text?: unknown;
}

interface Client {
  _activeQuery?: Query | null;
  activeQuery?: Query | null;
  _queryQueue?: Query[];
  queryQueue?: Query[];
  host?: unknown;
  port?: unknown;
}

interface Pool {
  options: { max?: number; database?: unknown; connectionString?: unknown };
  _pendingQueue: object[];
  _clients: unknown[];
  _idle: unknown[];
}

/** One call of a pool: for a connection, or for a query over one. */
interface PoolCall {
  holder: AsyncRecord | null;
  /** What the program waits for, once it is known. */
  promise: AsyncRecord | null;
  pending: object | null;
  /** Site id of the program's place that made it. */
  site: number;
  isQuery: boolean;
}

const clients = new WeakMap<Query, Client>();

/** What is known of a query. */
export function queryDetail(query: object): WireDetail {
  const { host, port } = clients.get(query) ?? {};
  return {
    ...statement(sqlStatement((query as Query).text, ["'"])),
    ...(typeof host === 'string' && { host: host.slice(0, 300) }),
    ...(typeof port === 'number' && { port }),
  };
}

/** Whether it has been answered: its connection has it no longer. */
function isAnswered(query: object): boolean {
  const client = clients.get(query);
  return client === undefined || (activeOf(client) !== query && !queueOf(client).includes(query));
}

export class PgObserver {
  private readonly pools = new WeakMap<object, NamedResource>();
  private readonly byPending = new WeakMap<object, PoolCall>();
  private readonly byClient = new WeakMap<object, PoolCall>();
  /** Queries that were not answered when they were looked at last. */
  private open: AsyncRecord[] = [];
  /** The calls that are being made, or go on, the innermost last. */
  private readonly calls: PoolCall[] = [];

  constructor(
    private readonly live: LiveList,
    private readonly executions: Executions,
    private readonly operations: Operations,
    private readonly named: NamedResources,
    private readonly methods: ReplacedMethods,
  ) {}

  /** At a poll: queries say nothing when they are answered. */
  sweep(): void {
    this.open = this.open.filter((record) => {
      const query = targetOf(record);
      if (query !== null && (record.flags & Flag.Ended) === 0 && !isAnswered(query)) return true;
      this.live.end(record);
      return false;
    });
  }

  modules(): ObservedModule[] {
    return [
      { end: '/node_modules/pg/lib/client.js', observe: (client) => this.observeClient(client) },
      { end: '/node_modules/pg-pool/index.js', observe: (pool) => this.observePool(pool) },
    ];
  }

  private observeClient(exports: unknown): void {
    const prototype = prototypeOf(exports);
    if (prototype === undefined) return;
    this.methods.replace(prototype, 'query', (query, self, args, hook) => {
      const result: unknown = Reflect.apply(query, self, args);
      guarded(() => this.queried(self, args[0], result, hook));
      return result;
    });
  }

  private observePool(exports: unknown): void {
    const prototype = prototypeOf(exports);
    // other versions of it have other ways
    if (prototype === undefined || !INNER.every((name) => typeof prototype[name] === 'function')) return;
    const { methods } = this;
    methods.replace(prototype, 'query', (query, self, args, hook) =>
      this.call(query, self, args, hook, true),
    );
    methods.replace(prototype, 'connect', (connect, self, args, hook) => {
      const call = this.calls.at(-1);
      // its own `query` asks for a connection
      if (call?.isQuery === true && call.pending === null)
        return this.pended(call, self as Pool, () => Reflect.apply(connect, self, args));
      return this.call(connect, self, args, hook, false);
    });
    methods.replace(prototype, 'newClient', (newClient, self, args) => {
      const call = this.calls.at(-1);
      if (call?.pending === null) this.take(call, args[0] as object);
      return Reflect.apply(newClient, self, args);
    });
    methods.replace(prototype, '_acquireClient', (acquire, self, args) => {
      const call = this.byPending.get(args[1] as object);
      if (call === undefined) return Reflect.apply(acquire, self, args);
      guarded(() => this.acquired(call, self as Pool, args[0] as object));
      this.calls.push(call);
      try {
        return Reflect.apply(acquire, self, args);
      } finally {
        this.calls.pop();
      }
    });
    methods.replace(prototype, '_release', (release, self, args) => {
      guarded(() => this.released(self as Pool, args[0] as object));
      return Reflect.apply(release, self, args);
    });
  }

  private call(method: Method, self: object, args: unknown[], hook: Method, isQuery: boolean): unknown {
    const call: PoolCall = { holder: null, promise: null, pending: null, site: 0, isQuery };
    guarded(() => {
      call.holder = this.named.innermost(hook);
      call.site = this.operations.placeHere(hook, DEPTH);
    });
    this.calls.push(call);
    let result: unknown;
    try {
      result = isQuery
        ? Reflect.apply(method, self, args)
        : this.pended(call, self as Pool, () => Reflect.apply(method, self, args));
    } finally {
      this.calls.pop();
    }
    guarded(() => {
      call.promise = givenBy(result);
      const { pending } = call;
      if (pending !== null && (self as Pool)._pendingQueue.includes(pending))
        this.poolOf(self as Pool).waitedFor(call.promise);
    });
    return result;
  }

  /** Finds what stands for the call in the pool's queue. */
  private pended(call: PoolCall, pool: Pool, run: () => unknown): unknown {
    const before = pool._pendingQueue.length;
    const result = run();
    const last = pool._pendingQueue.at(-1);
    if (call.pending === null && last !== undefined && pool._pendingQueue.length > before)
      this.take(call, last);
    return result;
  }

  private take(call: PoolCall, pending: object): void {
    call.pending = pending;
    this.byPending.set(pending, call);
  }

  private acquired(call: PoolCall, pool: Pool, client: object): void {
    const named = this.poolOf(pool);
    named.waitedForNoMore(call.promise);
    named.held(call.holder);
    this.byClient.set(client, call);
  }

  private released(pool: Pool, client: object): void {
    const call = this.byClient.get(client);
    if (call === undefined) return;
    this.byClient.delete(client);
    this.poolOf(pool).released(call.holder);
  }

  private queried(client: Client, asked: unknown, result: unknown, hook: Method): void {
    const query = queueOf(client).at(-1) ?? activeOf(client);
    if (!query || clients.has(query) || textOf(asked) !== query.text || this.open.length >= MAX_OPEN) return;
    clients.set(query, client);
    const record = this.live.create(Kind.Resource, recentMs(), query, this.executions.origin);
    extraOf(record).type = QUERY;
    attachRecord(query, record);
    this.open.push(record);
    const call = this.calls.at(-1);
    const promise = givenBy(result) ?? (call?.isQuery === true ? call.promise : null);
    if (call?.holder) record.by = call.holder.id;
    record.site = call?.site ?? this.operations.placeHere(hook, DEPTH);
    if (promise !== null && (promise.flags & Flag.Ended) === 0) {
      (extraOf(promise).inputs ??= []).push(record);
      this.live.markDirty(promise);
    }
    this.live.isFilling = false;
  }

  private poolOf(pool: Pool): NamedResource {
    let named = this.pools.get(pool);
    if (named === undefined) {
      const { max } = pool.options;
      const size = typeof max === 'number' ? max : 10;
      const inUse = (): number => pool._clients.length - pool._idle.length;
      named = this.named.add(new NamedResource(this.live, poolName(pool.options), size, true, inUse));
      this.pools.set(pool, named);
    }
    return named;
  }
}

/** More are not told, until some of them are answered. */
const MAX_OPEN = 10_000;

/** Of a pool, as it is known. */
const INNER = ['query', 'connect', 'newClient', '_acquireClient', '_release'];

/** `pool shop`, after its database. */
function poolName({ database, connectionString }: Pool['options']): string {
  const inUrl = typeof connectionString === 'string' ? DATABASE.exec(connectionString)?.[1] : undefined;
  const name = typeof database === 'string' ? database : inUrl;
  return name === undefined ? 'pool of pg' : `pool ${name.slice(0, 100)}`;
}

const DATABASE = /^\w+:\/\/[^/?#]*\/([^/?#]+)/;

/** The promise that the library has made, to which it has added a `catch` of its own. */
function givenBy(result: unknown): AsyncRecord | null {
  const record = typeof result === 'object' && result !== null ? recordOf(result) : null;
  const made = record?.kind === Kind.Then ? record.link : record;
  return made !== null && made.kind === Kind.New ? made : null;
}

function textOf(asked: unknown): unknown {
  return typeof asked === 'object' && asked !== null ? (asked as Query).text : asked;
}

/** Without the getters that tell of being deprecated. */
function activeOf(client: Client): Query | null | undefined {
  return '_activeQuery' in client ? client._activeQuery : client.activeQuery;
}

function queueOf(client: Client): Query[] {
  return client._queryQueue ?? (('_activeQuery' in client ? undefined : client.queryQueue) || []);
}

function prototypeOf(exports: unknown): Record<string, unknown> | undefined {
  const prototype: unknown = typeof exports === 'function' ? exports.prototype : undefined;
  return typeof prototype === 'object' && prototype !== null
    ? (prototype as Record<string, unknown>)
    : undefined;
}

/** What is ours must not disturb the program. */
function guarded(run: () => void): void {
  try {
    run();
  } catch {
    // then nothing is known of this one
  }
}
