/**
 * Where `listen` was called. For a name or an address of a server Node makes the handle later, in a callback in which
 * nothing of the program is on the call stack. Node announces the call from version 20 on.
 */
import type { Channels } from './channels.js';
import { ownerOf } from './handleOwner.js';
import { targetOf } from '../records/liveList.js';
import type { Operations } from './operations.js';
import type { AsyncRecord } from '../records/records.js';
import { REQUEST } from './serverRequests.js';

/** Between the announcement and the code that called `listen`. */
const DEPTH = 16;

export class ListeningServers {
  /** Site ids by server. */
  private readonly places = new WeakMap<object, number>();

  constructor(
    private readonly operations: Operations,
    private readonly channels: Channels,
  ) {}

  /** Returns what ends it. */
  install(): () => void {
    return this.channels.listen('tracing:net.server.listen:asyncStart', ({ server }, hook) => {
      const site = this.operations.placeHere(hook, DEPTH);
      if (site !== 0) this.places.set(server, site);
    });
  }

  /** A server's handle, or a request to one, is about to be told: its place is that of `listen`. */
  place(record: AsyncRecord): void {
    const type = record.extra?.type ?? '';
    if (!IS_FOR_SERVER.has(type)) return;
    const resource = targetOf(record);
    const server = resource === null ? undefined : serverOf(type, resource);
    const site = server === undefined ? undefined : this.places.get(server);
    if (site !== undefined) record.site = site;
  }
}

const IS_FOR_SERVER = new Set(['TCPSERVERWRAP', 'PIPESERVERWRAP', REQUEST]);

function serverOf(type: string, resource: object): object | undefined {
  return type === REQUEST ? (resource as Answer).req?.socket?.server : ownerOf(resource);
}

/** What a request is answered with. */
interface Answer {
  req?: { socket?: { server?: object } };
}
