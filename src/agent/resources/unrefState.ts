/** What of the event loop's own does not keep the program running. Read when it is told, never in a hook. */
import type { WireDetail } from '../../protocol/wire.js';

type UnrefState = WireDetail['loose'];

interface Resource {
  hasRef?: () => boolean | undefined;
  /** Of streams: Node asks the system for what comes. */
  reading?: boolean;
  writeQueueSize?: number;
  getsockname?: (into: object) => number;
}

/** `undefined`: it keeps the program running, or is of no such type. Never throws. */
export function unrefStateOf(type: string, resource: object): UnrefState {
  try {
    if (type === 'Timeout' || type === 'Immediate') return isRefedTimer(resource) ? undefined : 'unref';
    const handle = resource as Resource;
    if (typeof handle.hasRef === 'function' && handle.hasRef() === false) return 'unref';
    return isIdle(type, handle) ? 'idle' : undefined;
  } catch {
    return undefined;
  }
}

/** Referenced, but nothing is expected of the system: libuv counts only what is active. */
function isIdle(type: string, handle: Resource): boolean {
  switch (type) {
    case 'TCPWRAP':
      // Under TLS it is not known whether it reads.
      return handle.reading === false && handle.writeQueueSize === 0;
    case 'PIPEWRAP':
    case 'TTYWRAP':
      return handle.reading !== true && (handle.writeQueueSize ?? 0) === 0;
    case 'UDPWRAP':
      return handle.getsockname !== undefined && handle.getsockname({}) !== 0;
    default:
      return false;
  }
}

let refed: symbol | null | undefined;

/** As Node knows it: the program may have replaced `hasRef`. */
export function isRefedTimer(timer: object): boolean {
  refed ??= Object.getOwnPropertySymbols(timer).find((key) => key.description === 'refed') ?? null;
  return refed === null || (timer as Record<symbol, unknown>)[refed] !== false;
}
