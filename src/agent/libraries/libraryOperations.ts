/** The operations of libraries, as these announce them by Node's tracing channels. */
import type { LibraryOperations as WantedOperations } from '../../protocol/wire.js';
import type { Channels } from '../resources/channels.js';
import { recentMs } from '../clocks/clock.js';
import type { Executions } from '../promises/executions.js';
import { ObservedModules } from './observedModules.js';
import { PgObserver } from './pg.js';
import { LIBRARY_CHANNELS } from './registry.js';
import { ReplacedMethods } from './replacedMethods.js';
import type { LibraryChannel } from './libraryChannel.js';
import type { LiveList } from '../records/liveList.js';
import type { Operations } from '../resources/operations.js';
import type { NamedResources } from '../program/programFunctions.js';
import type { PromiseHooks } from '../promises/promises.js';
import { attachRecord, recordOf } from '../records/privateRecord.js';
import { RecordRate } from '../resources/recordRate.js';
import { type AsyncRecord, extraOf, Flag, Kind } from '../records/records.js';
import type { Above } from '../stacks/capture.js';

/** Between the announcement and the code that called the library. */
const DEPTH = 24;

export class LibraryOperations {
  private readonly rate = new RecordRate();
  private readonly methods = new ReplacedMethods();
  private readonly pg: PgObserver;
  private readonly modules: ObservedModules;
  private removers: (() => void)[] = [];
  /** The callback runs of an operation that was to settle a promise. */
  private isCallingBack = false;
  private listenedTo: WantedOperations = 'off';

  constructor(
    private readonly live: LiveList,
    private readonly executions: Executions,
    private readonly promises: PromiseHooks,
    private readonly operations: Operations,
    private readonly channels: Channels,
    named: NamedResources,
  ) {
    this.pg = new PgObserver(live, executions, operations, named, this.methods);
    this.modules = new ObservedModules(this.pg.modules());
  }

  /** At a poll: libraries that announce nothing may have been loaded. */
  look(atMs: number): void {
    if (this.listenedTo !== 'all') return;
    this.modules.look(atMs);
    this.pg.sweep();
  }

  /** Until then libraries do not even look whether they have something to announce. */
  listen(wanted: WantedOperations): void {
    if (wanted === this.listenedTo) return;
    this.listenedTo = wanted;
    for (const remove of this.removers.splice(0)) remove();
    this.methods.restore();
    this.modules.forget();
    if (wanted === 'off') return;
    for (const channel of LIBRARY_CHANNELS)
      if (wanted === 'all' || channel.hidesErrors !== true) this.add(channel);
  }

  private add(channel: LibraryChannel): void {
    const { channels } = this;
    const begin = `tracing:${channel.name}`;
    this.removers.push(
      channels.listenTo(`${begin}:start`, (context, hook) => this.begun(channel.name, context, hook)),
      channels.listenTo(`${begin}:end`, (context) => this.given(channel, context)),
      channels.listenTo(`${begin}:asyncStart`, (context) => this.ended(context)),
      channels.listenTo(`${begin}:asyncEnd`, () => this.calledBack()),
    );
  }

  private begun(type: string, context: object, hook: Above): void {
    if (!this.rate.take(recentMs())) {
      this.live.dropped++;
      return;
    }
    const record = this.live.create(Kind.Resource, recentMs(), context, this.executions.origin);
    extraOf(record).type = type;
    attachRecord(context, record);
    this.operations.start(record, hook, DEPTH);
  }

  /** The function of the library has returned. */
  private given({ givesPromise }: LibraryChannel, context: object): void {
    const record = recordOf(context);
    if (record === null || (record.flags & Flag.Ended) !== 0) return;
    if ((context as { error?: unknown }).error !== undefined) this.live.end(record);
    else if (givesPromise === true && this.executions.seen) this.settles(record, this.live.newest);
  }

  /**
   * The last thing that Node does before is to call `then` on the promise of the library; what that gives is the
   * promise that the program gets.
   */
  private settles(operation: AsyncRecord, given: AsyncRecord): void {
    if (given.kind !== Kind.Then || given.id <= operation.id) return;
    const { link } = given;
    if (link !== null && link.kind === Kind.New && (link.flags & Flag.Ended) === 0) {
      (extraOf(link).inputs ??= []).push(operation);
      this.live.markDirty(link);
      return;
    }
    // the library waits for something itself: that stands below its operation
    operation.link = link;
    given.link = operation;
    this.live.markDirty(given);
    this.live.markDirty(operation);
  }

  /** What is begun from here on, in the library's callback, may go on with the promise that the operation was to settle. */
  private ended(context: object): void {
    const record = recordOf(context);
    if (record === null) return;
    const settles = record.extra?.settles ?? null;
    this.live.end(record);
    if (settles === null || (settles.flags & Flag.Ended) !== 0) return;
    this.isCallingBack = true;
    this.promises.thenables.goOn(settles, this.executions.depth);
  }

  private calledBack(): void {
    if (!this.isCallingBack) return;
    this.isCallingBack = false;
    this.promises.wentOn();
  }
}
