/**
 * Timers that are cleared, handles that are closed and requests that are answered end without a word to a hook.
 * Before they are told to the host, and at each poll while it knows them, they are asked.
 */
import { type ClientRequest, isDone } from './clientRequest.js';
import { detailOf } from './details.js';
import { ownerOf } from './handleOwner.js';
import { type LiveList, targetOf } from '../records/liveList.js';
import { isTestOver, TEST } from './tests.js';
import { unrefStateOf } from './unrefState.js';
import { type AsyncRecord, Flag, Kind } from '../records/records.js';
import { type Answer, isAnswered } from './serverRequests.js';

/** As many are asked at one poll; the others at the next ones. */
const SLICE = 2_000;

/** More of them are found over by the slower search through all old records. */
const MAX_WATCHED = 100_000;

/** What Node closes without a word, and can be asked whether it is closed. */
const HANDLES = new Set([
  'MESSAGEPORT',
  'TCPWRAP',
  'PIPEWRAP',
  'TLSWRAP',
  'HTTP2SESSION',
  'HTTP2STREAM',
  'TCPSERVERWRAP',
  'PIPESERVERWRAP',
  'TTYWRAP',
  'UDPWRAP',
  'PROCESSWRAP',
  'FSEVENTWRAP',
  'STATWATCHER',
  'SIGNALWRAP',
  'WORKER',
  'FILEHANDLE',
  'ZLIB',
]);

export class UnobservedCompletions {
  private watched: AsyncRecord[] = [];
  /** Where the next slice begins. */
  private next = 0;

  constructor(private readonly live: LiveList) {}

  /** The host has been told of it, but for what `isComplete` denies. */
  watch(record: AsyncRecord, isComplete: boolean): void {
    if (record.kind !== Kind.Resource || this.watched.length >= MAX_WATCHED) return;
    const type = record.extra?.type ?? '';
    if (!isTimer(type) && !HANDLES.has(type) && type !== 'HTTPCLIENTREQUEST' && type !== TEST) return;
    this.watched.push(record);
    if (type === 'TCPWRAP' && !isComplete) record.flags |= Flag.Unknown;
  }

  /** Ends those that are over. */
  sweep(): void {
    const { watched, live } = this;
    for (let n = Math.min(SLICE, watched.length); n > 0 && watched.length > 0; n--) {
      if (this.next >= watched.length) this.next = 0;
      const record = watched[this.next] as AsyncRecord;
      if ((record.flags & Flag.Ended) === 0) {
        if (!isOver(record, targetOf(record))) {
          this.lookAgain(record);
          this.next++;
          continue;
        }
        live.end(record);
      }
      const last = watched.pop() as AsyncRecord;
      if (this.next < watched.length) watched[this.next] = last;
    }
  }

  /** A connection has no address before it is made, and what keeps the program running may be let loose. */
  private lookAgain(record: AsyncRecord): void {
    const target = targetOf(record);
    if (target === null) return;
    const isLoose = unrefStateOf(record.extra?.type ?? '', target) !== undefined;
    if (isLoose !== ((record.flags & Flag.Loose) !== 0)) this.live.markDirty(record);
    if ((record.flags & Flag.Unknown) === 0 || detailOf('TCPWRAP', target, 0)?.host === undefined) return;
    record.flags &= ~Flag.Unknown;
    this.live.markDirty(record);
  }

  forget(): void {
    this.watched = [];
  }
}

/** Whether nothing more will come of it. `target`: `null` for what was collected. */
export function isOver(record: AsyncRecord, target: object | null): boolean {
  if (target === null) return true;
  if (record.kind !== Kind.Resource || (record.flags & Flag.Open) !== 0) return false;
  const type = record.extra?.type ?? '';
  if (isTimer(type)) return isCleared(target);
  const resource = target as NodeResource;
  if (type === 'HTTPSERVERREQUEST') return isAnswered(resource);
  if (type === TEST) return isTestOver(resource);
  if (type === 'HTTPCLIENTREQUEST') return isDone(resource);
  if (isCryptoJob(type)) return typeof resource.ondone !== 'function';
  return HANDLES.has(type) && isClosed(type, resource);
}

/** Of a timer or immediate: it will not run any more. */
export function isCleared(timer: object): boolean {
  return (timer as { _destroyed?: boolean })._destroyed === true;
}

function isClosed(type: string, handle: NodeResource): boolean {
  if (type === 'TLSWRAP') return handle._parent !== undefined && isClosed('TCPWRAP', handle._parent);
  if (type === 'HTTP2SESSION' || type === 'HTTP2STREAM') return ownerOf(handle)?.['destroyed'] === true;
  if (type === 'FILEHANDLE') return (handle.fd ?? 0) < 0;
  if (type === 'ZLIB') {
    const owner = ownerOf(handle);
    return owner !== undefined && owner['_handle'] !== handle;
  }
  return typeof handle.hasRef === 'function' && handle.hasRef() === undefined;
}

/** Node makes the jobs of `crypto` for its synchronous functions, too: those have nothing to call when they are done. */
export function isCryptoJob(type: string): boolean {
  return type.endsWith('REQUEST') && !/^(?:HTTP|UNDICI|WEBSOCKET)/.test(type);
}

function isTimer(type: string): boolean {
  return type === 'Timeout' || type === 'Immediate';
}

interface NodeResource extends Answer, ClientRequest {
  ondone?: unknown;
  fd?: number;
  /** Of a handle: gives nothing once it is closed. */
  hasRef?: () => boolean | undefined;
  /** Of a TLS connection: the connection that carries it. */
  _parent?: NodeResource;
}
