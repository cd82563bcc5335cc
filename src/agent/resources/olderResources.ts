/** What the program had open before the agent came, as far as Node itself can name it: handles and requests, not timers. */

/** Of more than these it takes too long to ask them all at once. */
const MAX_OLDER = 10_000;

export interface OlderResource {
  asyncId: number;
  /** As async_hooks would have called it. */
  type: string;
  resource: object;
}

/** Async resource types by the class of a handle; of the requests they are the name of the class itself. */
const HANDLE_TYPES = new Map([
  ['TCP', 'TCPWRAP'],
  ['Pipe', 'PIPEWRAP'],
  ['TLSWrap', 'TLSWRAP'],
  ['TTY', 'TTYWRAP'],
  ['UDP', 'UDPWRAP'],
  ['Process', 'PROCESSWRAP'],
  ['FSEvent', 'FSEVENTWRAP'],
  ['StatWatcher', 'STATWATCHER'],
]);
const SERVER_TYPES = new Map([
  ['TCP', 'TCPSERVERWRAP'],
  ['Pipe', 'PIPESERVERWRAP'],
]);
const REQUEST_TYPES = new Set([
  'FSREQCALLBACK',
  'FSREQPROMISE',
  'TCPCONNECTWRAP',
  'PIPECONNECTWRAP',
  'GETADDRINFOREQWRAP',
  'GETNAMEINFOREQWRAP',
  'WRITEWRAP',
  'SHUTDOWNWRAP',
]);

/** Node names what keeps the program running; nothing of the program's own code is called. */
export function olderResources(): OlderResource[] {
  const found: OlderResource[] = [];
  for (const owner of list('_getActiveHandles')) {
    const handle = handleOf(owner);
    if (handle !== undefined) add(found, handle, handleType(owner, className(handle)));
  }
  for (const request of list('_getActiveRequests')) {
    const type = className(request).toUpperCase();
    if (REQUEST_TYPES.has(type)) add(found, request, type);
  }
  return found;
}

/** How many of the program's timers keep it running. */
export function olderTimers(): number {
  return given('getActiveResourcesInfo').filter((type) => type === 'Timeout').length;
}

/** Handles and requests are deprecated in the documentation only: there is no other way to the objects. */
function list(method: '_getActiveHandles' | '_getActiveRequests'): object[] {
  return given(method).filter(isObject);
}

/** A list of the agent's own: what the program has done to its arrays is not called. */
function given(method: string): unknown[] {
  const theirs = (process as unknown as Record<string, (() => unknown) | undefined>)[method]?.();
  const found: unknown[] = [];
  if (!Array.isArray(theirs)) return found;
  for (let index = 0; index < theirs.length && index < MAX_OLDER; index++) found.push(theirs[index]);
  return found;
}

/**
 * The handle of libuv that belongs to an object of Node's library: of a socket under a symbol, of one of UDP in its
 * state. Getters are not asked: they may warn.
 */
function handleOf(owner: object): object | undefined {
  const keys = Object.getOwnPropertySymbols(owner);
  const state = ownValue(
    owner,
    keys.find(({ description }) => description === 'state symbol'),
  );
  return [
    ownValue(owner, '_handle'),
    ownValue(
      owner,
      keys.find(({ description }) => description === 'kHandle'),
    ),
    isObject(state) ? ownValue(state, 'handle') : undefined,
  ].find(isObject);
}

/** A server is told from a connection by what it is waiting for. */
function handleType(owner: object, name: string): string | undefined {
  const isServer = typeof (owner as { getConnections?: unknown }).getConnections === 'function';
  return (isServer ? SERVER_TYPES : HANDLE_TYPES).get(name);
}

function add(found: OlderResource[], resource: object, type: string | undefined): void {
  const { getAsyncId } = resource as { getAsyncId?: () => unknown };
  const asyncId = type === undefined ? undefined : getAsyncId?.call(resource);
  if (type !== undefined && typeof asyncId === 'number' && asyncId > 0)
    found.push({ asyncId, type, resource });
}

function className(resource: object): string {
  return resource.constructor.name;
}

function ownValue(object: object, key: PropertyKey | undefined): unknown {
  return key === undefined ? undefined : Object.getOwnPropertyDescriptor(object, key)?.value;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
