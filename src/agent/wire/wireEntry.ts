import type { SentEntry, WireKind } from '../../protocol/wire.js';
import { libraryDetail } from '../libraries/registry.js';
import { NamedResource } from '../program/namedResource.js';
import { detailOf } from '../resources/details.js';
import type { Executions } from '../promises/executions.js';
import { targetOf } from '../records/liveList.js';
import { unrefStateOf } from '../resources/unrefState.js';
import { type AsyncRecord, Flag, isTask, Kind, type TaskRecord } from '../records/records.js';

export const KINDS: Record<Kind, WireKind> = {
  [Kind.Function]: 'function',
  [Kind.Generator]: 'generator',
  [Kind.Module]: 'module',
  [Kind.New]: 'new',
  [Kind.Then]: 'then',
  [Kind.Combinator]: 'combinator',
  [Kind.Promise]: 'promise',
  [Kind.Resource]: 'resource',
};

/** A combinator's inputs that are named in one entry; more are counted only. */
const MAX_WAITS = 1_000;

/** A record as the host gets it. */
export function wireEntry(record: AsyncRecord, executions: Executions): SentEntry {
  const { extra, kind, by } = record;
  const entry: SentEntry = { id: record.id, kind: KINDS[kind], bornMs: record.bornMs };
  if (extra !== null && extra.type !== '') entry.type = extra.type;
  if (by !== 0) entry.by = by;
  const runs = runsOf(record);
  if (runs !== 0) entry.runs = runs;
  if (record.site !== 0) entry.site = record.site;
  const call = isTask(record) ? record.call : (extra?.call ?? 0);
  if (call !== 0) entry.call = call;
  if (extra !== null && extra.through !== 0) entry.through = extra.through;
  if (isTask(record)) addTask(entry, record);
  if (extra !== null && extra.name !== '') entry.name = extra.name;
  addState(entry, record, executions);
  if (kind === Kind.Combinator && (record.flags & Flag.Unknown) === 0) entry.inputs = extra?.inputCount ?? 0;
  if (kind === Kind.Resource) {
    const resource = targetOf(record);
    if (resource !== null) addDetail(entry, record, resource);
  }
  return entry;
}

function addTask(entry: SentEntry, { awaitSite, busyUs, readyUs }: TaskRecord): void {
  if (awaitSite !== 0) entry.await = awaitSite;
  if (busyUs > 0) entry.busyMs = busyUs / 1_000;
  if (readyUs > 0) entry.readyMs = readyUs / 1_000;
}

function addDetail(entry: SentEntry, record: AsyncRecord, resource: object): void {
  const type = record.extra?.type ?? '';
  const detail =
    resource instanceof NamedResource
      ? resource.detail()
      : (libraryDetail(type, resource) ?? detailOf(type, resource, entry.runs ?? 0));
  const loose = unrefStateOf(type, resource);
  record.flags = loose === undefined ? record.flags & ~Flag.Loose : record.flags | Flag.Loose;
  if (loose !== undefined) entry.detail = { ...detail, loose };
  else if (detail !== undefined) entry.detail = detail;
}

/** How often a task was resumed, or a resource's callback ran. */
export function runsOf(record: AsyncRecord): number {
  return isTask(record) ? record.runs : (record.extra?.runs ?? 0);
}

function addState(entry: SentEntry, record: AsyncRecord, executions: Executions): void {
  const { flags, kind, link, extra } = record;
  if (kind === Kind.Function || kind === Kind.Generator || kind === Kind.Module) {
    if ((flags & Flag.Open) !== 0) {
      entry.state = 'running';
    } else if (link !== null) {
      const settled = hasSettled(link);
      entry.state = settled ? 'ready' : 'awaiting';
      if (!settled) entry.waits = [link.id];
    } else if ((flags & (Flag.Unknown | Flag.Returned)) !== 0 || entry.await !== undefined) {
      entry.state = 'awaiting';
      entry.waits = [];
      addInputs(entry.waits, extra?.inputs ?? null);
      entry.waits.push(0);
    }
    return;
  }
  if (record === executions.current) entry.state = 'running';
  const waits: number[] = [];
  const isAwaited = (flags & (Flag.AwaitedValue | Flag.Request)) === 0;
  if (isAwaited && link !== null && !hasSettled(link)) waits.push(link.id);
  if (kind !== Kind.Resource && (flags & Flag.Unknown) !== 0) waits.push(0);
  if (kind === Kind.Resource) addHolders(waits, extra?.inputs ?? null);
  const more = kind === Kind.Resource ? 0 : addInputs(waits, extra?.inputs ?? null);
  const isAskedOnly = (flags & Flag.Asked) !== 0 && (flags & Flag.Unknown) === 0;
  if (isAskedOnly && (kind !== Kind.Promise || waits.length > 0)) waits.push(0);
  if (waits.length > 0) entry.waits = waits;
  if (more > 0) entry.waitsMore = more;
}

/** Who holds a resource; for a function that has returned it is whoever called that. */
function addHolders(waits: number[], holders: readonly AsyncRecord[] | null): void {
  for (const holder of holders ?? []) {
    const id = hasSettled(holder) ? holder.by : holder.id;
    if (waits.length < MAX_WAITS) waits.push(id);
  }
}

/** A promise that was collected has ended and will never settle. */
function hasSettled({ flags }: AsyncRecord): boolean {
  return (flags & Flag.Ended) !== 0 && (flags & Flag.Collected) === 0;
}

/** Returns how many it leaves out. */
function addInputs(waits: number[], inputs: readonly AsyncRecord[] | null): number {
  let more = 0;
  for (const input of inputs ?? []) {
    if (hasSettled(input)) continue;
    if (waits.length < MAX_WAITS) waits.push(input.id);
    else more++;
  }
  return more;
}
