/** Reads what is known of an operation from its resource. Called when a record is sent, never in a hook. */
import type { WireDetail } from '../protocol/wire.js';
import { loopClockOffsetMs } from './clock.js';

const MAX_TEXT = 300;

type Fields = Record<string, unknown>;

/** What the resource tells of itself; `undefined` where nothing is known. Never throws. */
export function detailOf(type: string, resource: object): WireDetail | undefined {
  try {
    return read(type, resource as Fields);
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
      return address(resource, 'getsockname');
    case 'TCPWRAP':
      return address(resource, 'getpeername');
    case 'HTTPCLIENTREQUEST':
      return request(resource['req'] as Fields);
    case 'HTTPINCOMINGMESSAGE': {
      const socket = resource['socket'] as Fields | undefined;
      const response = socket?.['_httpMessage'] as Fields | null | undefined;
      const incoming = response?.['req'] as Fields | undefined;
      return incoming === undefined
        ? undefined
        : { ...text('method', incoming['method']), ...text('path', incoming['url']) };
    }
    case 'PROCESSWRAP':
      return number('pid', resource['pid']);
    default:
      return undefined;
  }
}

function request(req: Fields): WireDetail {
  return {
    ...text('method', req['method']),
    ...text('path', req['path']),
    ...text('host', req['host']),
    ...number('port', (req['socket'] as Fields | null)?.['remotePort']),
  };
}

function address(handle: Fields, method: string): WireDetail {
  const read = handle[method];
  if (typeof read !== 'function') return {};
  const found: Fields = {};
  read.call(handle, found);
  return { ...text('host', found['address']), ...number('port', found['port']) };
}

function loopTime(ms: unknown): number | undefined {
  return typeof ms === 'number' ? ms + loopClockOffsetMs : undefined;
}

function text(key: 'host' | 'method' | 'path' | 'file', value: unknown): WireDetail {
  return typeof value === 'string' ? { [key]: value.slice(0, MAX_TEXT) } : {};
}

function number(key: 'timerMs' | 'armedMs' | 'port' | 'pid', value: unknown): WireDetail {
  return typeof value === 'number' && Number.isFinite(value) ? { [key]: value } : {};
}
