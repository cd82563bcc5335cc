/** Ends a timer, connection, server or the like because a person at the debugger has asked for it. */
import { clearImmediate, clearTimeout } from '../realm/nodesFunctions.js';
import { targetOf } from '../records/liveList.js';
import { type AsyncRecord, Kind } from '../records/records.js';
import { ownerOf } from './handleOwner.js';

/** What such objects of Node can be asked to do. */
interface Endable {
  close?: () => void;
  destroy?: () => void;
  kill?: () => void;
  stop?: () => void;
  /** Of a worker's handle. */
  stopThread?: () => void;
}

/** `false`: it is over already, or nothing that can be ended. What the program does about it is the program's own. */
export function endResource(record: AsyncRecord): boolean {
  const resource = record.kind === Kind.Resource ? targetOf(record) : null;
  if (resource === null) return false;
  const type = record.extra?.type ?? '';
  if (type === 'Timeout') clearTimeout(resource as NodeJS.Timeout);
  else if (type === 'Immediate') clearImmediate(resource as NodeJS.Immediate);
  else return call(type, resource);
  return true;
}

function call(type: string, resource: object): boolean {
  const method = METHODS.get(type);
  if (method === undefined) return false;
  // a request is the object itself, others are handles of such an object; a worker's handle has no owner
  const object = (IS_ITSELF.has(type) ? resource : ownerOf(resource)) as Endable | undefined;
  if (object === undefined || typeof object[method] !== 'function') return false;
  object[method]();
  return true;
}

const METHODS = new Map<string, keyof Endable>([
  ['TCPWRAP', 'destroy'],
  ['TLSWRAP', 'destroy'],
  ['PIPEWRAP', 'destroy'],
  ['HTTPCLIENTREQUEST', 'destroy'],
  ['HTTPSERVERREQUEST', 'destroy'],
  ['TCPSERVERWRAP', 'close'],
  ['PIPESERVERWRAP', 'close'],
  ['FSEVENTWRAP', 'close'],
  ['STATWATCHER', 'stop'],
  ['PROCESSWRAP', 'kill'],
  ['WORKER', 'stopThread'],
]);
const IS_ITSELF = new Set(['HTTPCLIENTREQUEST', 'HTTPSERVERREQUEST', 'WORKER']);
