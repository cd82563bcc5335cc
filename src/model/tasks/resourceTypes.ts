import { toTranslate } from '../../base/texts.js';
import type { TaskKind } from '../../protocol/snapshot.js';

/** What people call an async resource type of Node. */
export interface ResourceType {
  kind: Extract<TaskKind, 'timer' | 'operation' | 'handle'>;
  name: string;
  /** The part of its detail that belongs into the name. */
  names?: 'test' | 'timer' | 'address' | 'host' | 'request' | 'file' | 'program' | 'statement' | 'holders';
  group: 'timer' | 'network' | 'file' | 'process' | 'other';
  /** Needs a thread of libuv's pool; of `slow` operations only some run at a time. */
  pool?: 'fast' | 'slow';
  /** Node's own plumbing, of no use to people. */
  internal?: boolean;
  /** Carries what another resource does: who waits for both waits for that one, and only alone it tells something. */
  carrier?: boolean;
}

/** Never fails: a type that is not in the table is an operation of that name. */
export function resourceType(type: string): ResourceType {
  return (
    TYPES.get(type) ?? libraryType(type) ?? { kind: 'operation', name: type || OPERATION, group: 'other' }
  );
}

/** Whether a library has announced it, or was observed to begin it. */
export function isLibraryOperation(type: string): boolean {
  return libraryType(type) !== undefined;
}

/** Whether the process goes on while one of this type is there, unless it is unreferenced or idle. */
export function keepsAlive(type: string): boolean {
  return resourceType(type).pool !== undefined || KEEPING.has(type);
}

const OPERATION = toTranslate('operation');

/** What types are called, for the test that every language has them. */
export function resourceTypeNames(): string[] {
  return [...TYPES.values()].map(({ name }) => name);
}

const KEEPING = new Set([
  ...['Timeout', 'Immediate'],
  ...['TCPCONNECTWRAP', 'PIPECONNECTWRAP', 'QUERYWRAP', 'UDPWRAP'],
  ...['TCPSERVERWRAP', 'TCPWRAP', 'PIPESERVERWRAP', 'PIPEWRAP', 'TTYWRAP'],
  ...['FSEVENTWRAP', 'STATWATCHER'],
  ...['PROCESSWRAP', 'WORKER', 'MESSAGEPORT', 'SIGNALWRAP'],
]);

/** Operations of libraries, by the first of the tracing channels' names. */
const LIBRARIES = new Map([
  ['pg', 'PostgreSQL'],
  ['ioredis', 'Redis'],
  ['node-redis', 'Redis'],
  ['mysql2', 'MySQL'],
  ['mongoose', 'MongoDB'],
]);

/** `Redis`, `MySQL connect`: named with what it asks of its server. */
function libraryType(type: string): ResourceType | undefined {
  const server = LIBRARIES.get(type.slice(0, type.indexOf(':')));
  if (server === undefined) return undefined;
  const operation = { kind: 'operation', group: 'network' } as const;
  if (type.endsWith(':pool:connect'))
    return { ...operation, name: `free connection of a ${server} pool`, names: 'statement' };
  if (type.endsWith(':connect')) return { ...operation, name: `${server} connect`, names: 'address' };
  return { ...operation, name: server, names: 'statement' };
}

const TYPES = new Map<string, ResourceType>([
  ['Timeout', { kind: 'timer', name: 'setTimeout', names: 'timer', group: 'timer' }],
  ['Immediate', { kind: 'timer', name: 'setImmediate', group: 'timer' }],

  ['TCPCONNECTWRAP', { kind: 'operation', name: 'TCP connect', names: 'address', group: 'network' }],
  ['PIPECONNECTWRAP', { kind: 'operation', name: 'socket connect', names: 'file', group: 'network' }],
  [
    'GETADDRINFOREQWRAP',
    { kind: 'operation', name: 'DNS lookup', names: 'host', group: 'network', pool: 'slow' },
  ],
  [
    'GETNAMEINFOREQWRAP',
    { kind: 'operation', name: 'reverse DNS lookup', names: 'host', group: 'network', pool: 'slow' },
  ],
  ['QUERYWRAP', { kind: 'operation', name: 'DNS query', names: 'host', group: 'network' }],
  ['DNSCHANNEL', { kind: 'handle', name: 'DNS resolver', group: 'network', internal: true }],
  ['HTTPCLIENTREQUEST', { kind: 'operation', name: 'HTTP request', names: 'request', group: 'network' }],
  ['Test', { kind: 'operation', name: 'test', names: 'test', group: 'other' }],
  ['HTTPSERVERREQUEST', { kind: 'operation', name: 'incoming HTTP', names: 'request', group: 'network' }],
  ['HTTPINCOMINGMESSAGE', { kind: 'handle', name: 'HTTP connection', group: 'network', internal: true }],
  ['UNDICIREQUEST', { kind: 'operation', name: 'fetch', names: 'request', group: 'network' }],
  ['WEBSOCKETREQUEST', { kind: 'operation', name: 'WebSocket', names: 'request', group: 'network' }],
  ['HTTP2SESSION', { kind: 'handle', name: 'HTTP/2 session', names: 'address', group: 'network' }],
  ['HTTP2STREAM', { kind: 'operation', name: 'HTTP/2 stream', names: 'request', group: 'network' }],
  ['HTTP2PING', { kind: 'operation', name: 'HTTP/2 ping', group: 'network' }],
  ['HTTP2SETTINGS', { kind: 'operation', name: 'HTTP/2 settings', group: 'network', internal: true }],
  ['TCPSERVERWRAP', { kind: 'handle', name: 'TCP server', names: 'address', group: 'network' }],
  ['TCPWRAP', { kind: 'handle', name: 'TCP connection', names: 'address', group: 'network', carrier: true }],
  ['TLSWRAP', { kind: 'handle', name: 'TLS connection', names: 'address', group: 'network' }],
  ['UDPWRAP', { kind: 'handle', name: 'UDP socket', names: 'address', group: 'network' }],
  ['UDPSENDWRAP', { kind: 'operation', name: 'UDP send', names: 'address', group: 'network' }],
  ['PIPESERVERWRAP', { kind: 'handle', name: 'pipe server', names: 'file', group: 'network' }],
  ['PIPEWRAP', { kind: 'handle', name: 'pipe', names: 'file', group: 'network', carrier: true }],
  ['QUIC_ENDPOINT', { kind: 'handle', name: 'QUIC endpoint', names: 'address', group: 'network' }],
  ['QUIC_STREAM', { kind: 'operation', name: 'QUIC stream', group: 'network' }],
  ['QUIC_SESSION', { kind: 'handle', name: 'QUIC session', names: 'address', group: 'network' }],

  ['DTLS_ENDPOINT', { kind: 'handle', name: 'DTLS endpoint', names: 'address', group: 'network' }],
  ['DTLS_SESSION', { kind: 'handle', name: 'DTLS session', names: 'address', group: 'network' }],

  [
    'FSREQCALLBACK',
    { kind: 'operation', name: 'file operation', names: 'file', group: 'file', pool: 'fast' },
  ],
  ['FSREQPROMISE', { kind: 'operation', name: 'file operation', names: 'file', group: 'file', pool: 'fast' }],
  ['FILEHANDLE', { kind: 'handle', name: 'open file', names: 'file', group: 'file' }],
  [
    'FILEHANDLECLOSEREQ',
    { kind: 'operation', name: 'file close', names: 'file', group: 'file', pool: 'fast' },
  ],
  ['FSEVENTWRAP', { kind: 'handle', name: 'file watcher', names: 'file', group: 'file' }],
  ['STATWATCHER', { kind: 'handle', name: 'file watcher', names: 'file', group: 'file' }],
  ['DIRHANDLE', { kind: 'handle', name: 'open directory', group: 'file', internal: true }],

  ['PROCESSWRAP', { kind: 'handle', name: 'child process', names: 'program', group: 'process' }],
  ['WORKER', { kind: 'handle', name: 'Worker', names: 'file', group: 'process' }],
  ['WORKERHEAPSNAPSHOT', { kind: 'operation', name: 'heap snapshot of a worker', group: 'process' }],
  ['WORKERHEAPSTATISTICS', { kind: 'operation', name: 'heap statistics of a worker', group: 'process' }],
  ['WORKERCPUUSAGE', { kind: 'operation', name: 'CPU usage of a worker', group: 'process' }],
  ['WORKERCPUPROFILE', { kind: 'operation', name: 'CPU profile of a worker', group: 'process' }],
  ['WORKERHEAPPROFILE', { kind: 'operation', name: 'heap profile of a worker', group: 'process' }],
  ['MESSAGEPORT', { kind: 'handle', name: 'message port', group: 'process', carrier: true }],
  ['SIGNALWRAP', { kind: 'handle', name: 'signal handler', group: 'process' }],
  ['TTYWRAP', { kind: 'handle', name: 'terminal', names: 'file', group: 'process' }],

  ['ZLIB', { kind: 'operation', name: 'compression', group: 'other' }],
  ['PBKDF2REQUEST', { kind: 'operation', name: 'crypto.pbkdf2', group: 'other', pool: 'fast' }],
  ['SCRYPTREQUEST', { kind: 'operation', name: 'crypto.scrypt', group: 'other', pool: 'fast' }],
  ['RANDOMBYTESREQUEST', { kind: 'operation', name: 'crypto.randomBytes', group: 'other', pool: 'fast' }],
  ['RANDOMPRIMEREQUEST', { kind: 'operation', name: 'crypto.generatePrime', group: 'other', pool: 'fast' }],
  ['CHECKPRIMEREQUEST', { kind: 'operation', name: 'crypto.checkPrime', group: 'other', pool: 'fast' }],
  ['KEYPAIRGENREQUEST', { kind: 'operation', name: 'crypto.generateKeyPair', group: 'other', pool: 'fast' }],
  ['KEYGENREQUEST', { kind: 'operation', name: 'crypto.generateKey', group: 'other', pool: 'fast' }],
  ['KEYEXPORTREQUEST', { kind: 'operation', name: 'key export', group: 'other', pool: 'fast' }],
  ['CIPHERREQUEST', { kind: 'operation', name: 'encryption', group: 'other', pool: 'fast' }],
  ['DERIVEBITSREQUEST', { kind: 'operation', name: 'key derivation', group: 'other', pool: 'fast' }],
  ['ARGON2REQUEST', { kind: 'operation', name: 'crypto.argon2', group: 'other', pool: 'fast' }],
  ['HASHREQUEST', { kind: 'operation', name: 'hash', group: 'other', pool: 'fast' }],
  ['SIGNREQUEST', { kind: 'operation', name: 'signature', group: 'other', pool: 'fast' }],
  ['VERIFYREQUEST', { kind: 'operation', name: 'signature check', group: 'other', pool: 'fast' }],

  ['LOCKS', { kind: 'operation', name: 'lock request', group: 'other' }],
  ['BLOBREADER', { kind: 'operation', name: 'blob read', group: 'other', internal: true }],
  ['HEAPSNAPSHOT', { kind: 'operation', name: 'heap snapshot', group: 'other' }],
  // what Node and undici make by AsyncResource, beside the promise or request that people know
  [
    'QueuedRequest',
    { kind: 'operation', name: 'queued HTTP request', group: 'network', internal: true, carrier: true },
  ],
  ['PendingRequest', { kind: 'operation', name: 'queued HTTP/2 request', group: 'network', internal: true }],
  ['STREAM_END_OF_STREAM', { kind: 'operation', name: 'end of a stream', group: 'other', internal: true }],

  ['UNDICI_REQUEST', { kind: 'operation', name: 'request', group: 'network', internal: true }],
  ['UNDICI_STREAM', { kind: 'operation', name: 'request', group: 'network', internal: true }],
  ['UNDICI_PIPELINE', { kind: 'operation', name: 'request', group: 'network', internal: true }],
  ['UNDICI_UPGRADE', { kind: 'operation', name: 'request', group: 'network', internal: true }],
  ['UNDICI_CONNECT', { kind: 'operation', name: 'request', group: 'network', internal: true }],
  ['bound-anonymous-fn', { kind: 'operation', name: 'bound function', group: 'other', internal: true }],

  // what the program has named itself
  ['NAMED', { kind: 'handle', name: 'resource', names: 'holders', group: 'other' }],

  ['TickObject', { kind: 'operation', name: 'process.nextTick', group: 'other' }],
  ['Microtask', { kind: 'operation', name: 'queueMicrotask', group: 'other' }],
  ['HTTPPARSER', { kind: 'handle', name: 'HTTP parser', group: 'network', internal: true }],
  ['SHUTDOWNWRAP', { kind: 'operation', name: 'socket shutdown', group: 'network', internal: true }],
  ['WRITEWRAP', { kind: 'operation', name: 'socket write', group: 'network', internal: true }],
  ['JSSTREAM', { kind: 'handle', name: 'stream', group: 'other', internal: true }],
  ['STREAMPIPE', { kind: 'operation', name: 'stream pipe', group: 'other', internal: true }],
  ['FIXEDSIZEBLOBCOPY', { kind: 'operation', name: 'blob copy', group: 'other', internal: true }],
  ['JSUDPWRAP', { kind: 'handle', name: 'UDP socket', group: 'network', internal: true }],
  ['QUIC_LOGSTREAM', { kind: 'handle', name: 'QUIC log', group: 'network', internal: true }],
  ['QUIC_PACKET', { kind: 'operation', name: 'QUIC packet', group: 'network', internal: true }],
  ['QUIC_UDP', { kind: 'handle', name: 'QUIC socket', group: 'network', internal: true }],
  ['SIGINTWATCHDOG', { kind: 'handle', name: 'Ctrl+C handler', group: 'process', internal: true }],
  ['ELDHISTOGRAM', { kind: 'handle', name: 'event loop monitor', group: 'other', internal: true }],
]);
