import { EntryWriter } from '../../src/agent/wire/entryWriter.js';
import type { Site } from '../../src/protocol/snapshot.js';
import {
  PROTOCOL_VERSION,
  type Poll,
  type Hello,
  type SentPoll,
  type SentEntries,
  type WireBlock,
  type WireEntry,
  type WireFrame,
  type WireSite,
  type WireTurn,
} from '../../src/protocol/wire.js';
import { Debuggee } from '../../src/model/debuggee.js';
import type { SiteResolver } from '../../src/model/siteResolver.js';

/** Messages of an agent, healthy and empty unless told otherwise. */
export function hello(over: Partial<Hello> = {}): Hello {
  return {
    kind: 'hello',
    protocol: PROTOCOL_VERSION,
    version: '0.1.0',
    pid: 123,
    threadId: 0,
    node: 'v22.0.0',
    late: false,
    nowMs: 0,
    poolSize: 4,
    ...over,
  };
}

/** A poll that has been read. */
export function poll(over: Partial<Poll> = {}): Poll {
  return {
    kind: 'poll',
    seq: 1,
    nowMs: 100,
    scripts: [],
    sites: [],
    entries: [],
    ended: [],
    settled: 0,
    blocks: [],
    more: false,
    dropped: { records: 0, sites: 0 },
    loop: { idleMs: 100, turnMaxMs: 0, turns: 1 },
    ...over,
  };
}

/** A poll as an agent sends it. */
export function sentPoll({ entries = [], ...over }: Partial<Poll> = {}): SentPoll {
  return { ...poll(over), entries: sent(entries) };
}

/** Entries as an agent sends them. */
export function sent(entries: readonly WireEntry[]): SentEntries {
  const writer = new EntryWriter();
  for (const each of entries) writer.put(each);
  return writer.take();
}

/** An async function in progress. */
export function entry(id: number, type: string, over: Partial<WireEntry> = {}): WireEntry {
  return { id, kind: 'function', type, bornMs: 0, state: 'awaiting', waits: [], by: 0, runs: 1, ...over };
}

export function promise(id: number, kind: WireEntry['kind'], over: Partial<WireEntry> = {}): WireEntry {
  return entry(id, '', { kind, state: 'pending', ...over });
}

export function resource(id: number, type: string, over: Partial<WireEntry> = {}): WireEntry {
  return entry(id, type, { kind: 'resource', state: 'pending', ...over });
}

export function site(line: number, name = '', script = 0): WireSite {
  return { script, line, column: 5, function: name };
}

/** `parseReport /shop/report.ts:88`; a stack is several of them, top first. */
export function frame(text: string): WireFrame {
  const [, name, url, line] = /^(?:(.*) )?(\S*):(\d+)$/.exec(text) ?? [];
  if (url === undefined) throw new Error(`not a frame: ${text}`);
  return { url, line: Number(line), column: 5, function: name ?? '' };
}

export function turn(over: Partial<WireTurn> = {}): WireTurn {
  return { seq: 1, startedMs: 0, type: 'Timeout', entry: 0, runs: 0, microtasks: false, ticks: 0, ...over };
}

export function block(over: Partial<WireBlock> = {}): WireBlock {
  const durationMs = over.durationMs ?? 430;
  return {
    seq: 1,
    startedMs: 0,
    durationMs,
    callbackMs: durationMs,
    cpuMs: durationMs,
    type: 'Timeout',
    entry: 0,
    ...over,
  };
}

/** Shows generated places as they are. */
export const plainSites: SiteResolver = {
  resolve({ url, line, column, function: name }): Site {
    return { file: url, line, column, ...(name === '' ? {} : { function: name }) };
  },
};

/** A debuggee that has said hello; `poll` counts `seq` up and arrives when it was made. */
export function connected(
  options: {
    session?: string;
    name?: string;
    parent?: string;
    hello?: Partial<Hello>;
    sites?: SiteResolver;
  } = {},
): { debuggee: Debuggee; poll: (over?: Partial<Poll>, askedAtMs?: number) => void } {
  const { session = 's1', name = 'shop', parent } = options;
  const debuggee = new Debuggee(
    { session, name, ...(parent === undefined ? {} : { parent }) },
    options.sites ?? plainSites,
    (error) => {
      throw error;
    },
  );
  debuggee.hello(hello(options.hello), 0);
  let seq = 0;
  return {
    debuggee,
    poll(over = {}, askedAtMs) {
      const message = poll({ seq: ++seq, nowMs: seq * 100, ...over });
      debuggee.apply(message, message.nowMs, askedAtMs);
    },
  };
}
