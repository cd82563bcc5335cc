import type { TaskKind } from '../protocol/snapshot.js';

/** What people call an async resource type of Node. */
export interface ResourceType {
  kind: Extract<TaskKind, 'timer' | 'operation' | 'handle'>;
  name: string;
  /** The part of its detail that belongs into the name. */
  names?: 'timer' | 'address' | 'host' | 'request' | 'file' | 'pid';
  group: 'timer' | 'network' | 'file' | 'process' | 'other';
  /** Node's own plumbing, of no use to people. */
  internal?: boolean;
}

/** Never fails: a type that is not in the table is an operation of that name. */
export function resourceType(type: string): ResourceType {
  return TYPES.get(type) ?? { kind: 'operation', name: type || 'operation', group: 'other' };
}

const TYPES = new Map<string, ResourceType>([
  ['Timeout', { kind: 'timer', name: 'setTimeout', names: 'timer', group: 'timer' }],
  ['Immediate', { kind: 'timer', name: 'setImmediate', group: 'timer' }],

  ['TCPCONNECTWRAP', { kind: 'operation', name: 'TCP connect', names: 'address', group: 'network' }],
  ['PIPECONNECTWRAP', { kind: 'operation', name: 'socket connect', names: 'file', group: 'network' }],
  ['GETADDRINFOREQWRAP', { kind: 'operation', name: 'DNS lookup', names: 'host', group: 'network' }],
  ['GETNAMEINFOREQWRAP', { kind: 'operation', name: 'reverse DNS lookup', names: 'host', group: 'network' }],
  ['QUERYWRAP', { kind: 'operation', name: 'DNS query', names: 'host', group: 'network' }],
  ['DNSCHANNEL', { kind: 'handle', name: 'DNS resolver', group: 'network', internal: true }],
  ['HTTPCLIENTREQUEST', { kind: 'operation', name: 'HTTP request', names: 'request', group: 'network' }],
  ['HTTPINCOMINGMESSAGE', { kind: 'operation', name: 'incoming HTTP', names: 'request', group: 'network' }],
  ['HTTP2SESSION', { kind: 'handle', name: 'HTTP/2 session', names: 'address', group: 'network' }],
  ['HTTP2STREAM', { kind: 'operation', name: 'HTTP/2 stream', names: 'request', group: 'network' }],
  ['HTTP2PING', { kind: 'operation', name: 'HTTP/2 ping', group: 'network' }],
  ['HTTP2SETTINGS', { kind: 'operation', name: 'HTTP/2 settings', group: 'network', internal: true }],
  ['TCPSERVERWRAP', { kind: 'handle', name: 'TCP server', names: 'address', group: 'network' }],
  ['TCPWRAP', { kind: 'handle', name: 'TCP connection', names: 'address', group: 'network' }],
  ['TLSWRAP', { kind: 'handle', name: 'TLS connection', names: 'address', group: 'network' }],
  ['UDPWRAP', { kind: 'handle', name: 'UDP socket', names: 'address', group: 'network' }],
  ['UDPSENDWRAP', { kind: 'operation', name: 'UDP send', names: 'address', group: 'network' }],
  ['PIPESERVERWRAP', { kind: 'handle', name: 'pipe server', names: 'file', group: 'network' }],
  ['PIPEWRAP', { kind: 'handle', name: 'pipe', names: 'file', group: 'network' }],
  ['QUIC_ENDPOINT', { kind: 'handle', name: 'QUIC endpoint', names: 'address', group: 'network' }],
  ['QUIC_SESSION', { kind: 'handle', name: 'QUIC session', names: 'address', group: 'network' }],

  ['FSREQCALLBACK', { kind: 'operation', name: 'file operation', names: 'file', group: 'file' }],
  ['FSREQPROMISE', { kind: 'operation', name: 'file operation', names: 'file', group: 'file' }],
  ['FILEHANDLE', { kind: 'handle', name: 'open file', names: 'file', group: 'file' }],
  ['FILEHANDLECLOSEREQ', { kind: 'operation', name: 'file close', names: 'file', group: 'file' }],
  ['FSEVENTWRAP', { kind: 'handle', name: 'file watcher', names: 'file', group: 'file' }],
  ['STATWATCHER', { kind: 'handle', name: 'file watcher', names: 'file', group: 'file' }],
  ['DIRHANDLE', { kind: 'handle', name: 'open directory', names: 'file', group: 'file' }],

  ['PROCESSWRAP', { kind: 'handle', name: 'child process', names: 'pid', group: 'process' }],
  ['WORKER', { kind: 'handle', name: 'worker', group: 'process' }],
  ['MESSAGEPORT', { kind: 'handle', name: 'message port', group: 'process' }],
  ['SIGNALWRAP', { kind: 'handle', name: 'signal handler', group: 'process' }],
  ['TTYWRAP', { kind: 'handle', name: 'terminal', group: 'process' }],

  ['ZLIB', { kind: 'operation', name: 'compression', group: 'other' }],
  ['PBKDF2REQUEST', { kind: 'operation', name: 'crypto.pbkdf2', group: 'other' }],
  ['SCRYPTREQUEST', { kind: 'operation', name: 'crypto.scrypt', group: 'other' }],
  ['RANDOMBYTESREQUEST', { kind: 'operation', name: 'crypto.randomBytes', group: 'other' }],
  ['RANDOMPRIMEREQUEST', { kind: 'operation', name: 'crypto.generatePrime', group: 'other' }],
  ['CHECKPRIMEREQUEST', { kind: 'operation', name: 'crypto.checkPrime', group: 'other' }],
  ['KEYPAIRGENREQUEST', { kind: 'operation', name: 'crypto.generateKeyPair', group: 'other' }],
  ['KEYGENREQUEST', { kind: 'operation', name: 'crypto.generateKey', group: 'other' }],
  ['KEYEXPORTREQUEST', { kind: 'operation', name: 'key export', group: 'other' }],
  ['CIPHERREQUEST', { kind: 'operation', name: 'encryption', group: 'other' }],
  ['DERIVEBITSREQUEST', { kind: 'operation', name: 'key derivation', group: 'other' }],
  ['HASHREQUEST', { kind: 'operation', name: 'hash', group: 'other' }],
  ['SIGNREQUEST', { kind: 'operation', name: 'signature', group: 'other' }],
  ['VERIFYREQUEST', { kind: 'operation', name: 'signature check', group: 'other' }],

  ['TickObject', { kind: 'operation', name: 'process.nextTick', group: 'other' }],
  ['Microtask', { kind: 'operation', name: 'queueMicrotask', group: 'other' }],
  ['HTTPPARSER', { kind: 'handle', name: 'HTTP parser', group: 'network', internal: true }],
  ['SHUTDOWNWRAP', { kind: 'operation', name: 'socket shutdown', group: 'network', internal: true }],
  ['WRITEWRAP', { kind: 'operation', name: 'socket write', group: 'network', internal: true }],
  ['JSSTREAM', { kind: 'handle', name: 'stream', group: 'other', internal: true }],
  ['STREAMPIPE', { kind: 'operation', name: 'stream pipe', group: 'other', internal: true }],
  ['ELDHISTOGRAM', { kind: 'handle', name: 'event loop monitor', group: 'other', internal: true }],
]);
