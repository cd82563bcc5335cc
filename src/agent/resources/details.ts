/** Reads what is known of an operation from its resource. Called when a record is sent, never in a hook. */
import type { WireDetail } from '../../protocol/wire.js';
import { loopClockOffsetMs } from '../clocks/clock.js';
import { copyOf } from '../realm/foreign.js';
import { ownerOf } from './handleOwner.js';
import { readlinkSync } from '../realm/nodesFunctions.js';
import { TEST, testName } from './tests.js';

const MAX_TEXT = 300;

/** By their descriptors. */
const STREAMS = ['stdin', 'stdout', 'stderr'];

type Fields = Record<string, unknown>;

/** What the resource tells of itself; `undefined` where nothing is known. Never throws. */
export function detailOf(type: string, resource: object, runs: number): WireDetail | undefined {
  try {
    return type === 'UNDICIREQUEST' || type === 'WEBSOCKETREQUEST'
      ? fetchRequest(resource as Fields, runs)
      : read(type, resource as Fields);
  } catch {
    return undefined;
  }
}

function read(type: string, resource: Fields): WireDetail | undefined {
  switch (type) {
    case 'Timeout':
      return {
        ...number('timerMs', resource['_idleTimeout']),
        ...number('armedMs', loopTime(resource['_idleStart'])),
        ...(typeof resource['_repeat'] === 'number' ? { repeat: true } : {}),
      };
    case 'TCPCONNECTWRAP':
      return { ...text('host', resource['address']), ...number('port', resource['port']) };
    case 'PIPECONNECTWRAP':
      return text('file', resource['address']);
    case 'GETADDRINFOREQWRAP':
    case 'GETNAMEINFOREQWRAP':
    case 'QUERYWRAP':
      return text('host', resource['hostname'] ?? resource['host']);
    case 'TCPSERVERWRAP':
    case 'UDPWRAP':
      return address(resource, 'getsockname');
    case 'TCPWRAP':
      return address(resource, 'getpeername');
    case 'PIPEWRAP':
    case 'TTYWRAP':
      return text('file', STREAMS[resource['fd'] as number]);
    case 'HTTPCLIENTREQUEST':
      return request(resource);
    case 'HTTPSERVERREQUEST': {
      const incoming = resource['req'] as Fields;
      return { ...text('method', incoming['method']), ...text('path', incoming['url']) };
    }
    case TEST:
      return text('path', testName(resource));
    case 'PROCESSWRAP':
      return { ...number('pid', resource['pid']), ...command(ownerOf(resource)) };
    case 'WORKER':
      return number('threadId', resource['threadId']);
    case 'FSREQCALLBACK':
      return openFile((resource['context'] as Fields | undefined)?.['fd']);
    case 'FILEHANDLE':
      return openFile(resource['fd']);
    case 'FSEVENTWRAP':
    case 'STATWATCHER':
      return text('file', ownerOf(resource)?.['_filename'] ?? ownerOf(resource)?.['filename']);
    default:
      return undefined;
  }
}

function request(req: Fields): WireDetail {
  const socket = req['socket'] as Fields | null;
  return {
    ...text('method', req['method']),
    ...text('path', req['path']),
    ...text('host', req['host']),
    ...number('port', socket?.['remotePort']),
    phase: !socket ? 'connection' : !req['res'] ? 'headers' : 'body',
  };
}

/** `runs`: whether the headers have come. */
function fetchRequest(request: Fields, runs: number): WireDetail {
  const { origin } = request;
  return {
    ...text('method', request['method']),
    ...text('path', request['path']),
    ...text('host', typeof origin === 'string' ? origin.replace(/^\w+:\/\//, '') : origin),
    phase: runs === 0 ? 'headers' : 'body',
  };
}

function command(child: Fields | undefined): WireDetail {
  const words = copyOf(child?.['spawnargs']);
  if (!Array.isArray(words)) return {};
  return text('command', words.filter((word) => typeof word === 'string').join(' '));
}

/** What the descriptor stands for, where the system tells. */
function openFile(descriptor: unknown): WireDetail | undefined {
  if (process.platform !== 'linux' || typeof descriptor !== 'number' || descriptor < 0) return undefined;
  return text('file', readlinkSync(`/proc/self/fd/${descriptor}`));
}

function address(handle: Fields, method: string): WireDetail {
  const read = handle[method];
  if (typeof read !== 'function') return {};
  const found: Fields = {};
  Reflect.apply(read, handle, [found]);
  return { ...text('host', found['address']), ...number('port', found['port']) };
}

function loopTime(ms: unknown): number | undefined {
  return typeof ms === 'number' ? ms + loopClockOffsetMs : undefined;
}

function text(key: 'host' | 'method' | 'path' | 'file' | 'command', value: unknown): WireDetail {
  return typeof value === 'string' ? { [key]: value.slice(0, MAX_TEXT) } : {};
}

function number(key: 'timerMs' | 'armedMs' | 'port' | 'pid' | 'threadId', value: unknown): WireDetail {
  return typeof value === 'number' && Number.isFinite(value) ? { [key]: value } : {};
}
