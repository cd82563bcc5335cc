import {
  PROTOCOL_VERSION,
  type Beat,
  type Bye,
  type Hello,
  type SentBeat,
  type WireBlock,
  type WireCollections,
  type WireFrame,
  type WireIteration,
  type WireSite,
  type WireSyncCalls,
  type WireTurn,
} from '../protocol/wire.js';
import { readEntries } from './entryReader.js';
import { ProtocolError } from './protocolError.js';
import { count, fail, flag, index, isThere, list, number, object, text } from './wireChecks.js';

/** Checks the first message of a conversation; of an agent of another version it says which side is old. */
export function readHello(value: unknown): Hello {
  const hello = object(value, 'hello');
  if (hello['kind'] !== 'hello') fail('hello.kind', 'is not "hello"');
  const protocol = count(hello['protocol'], 'hello.protocol');
  const version = text(hello['version'], 'hello.version');
  if (protocol < PROTOCOL_VERSION) {
    throw new ProtocolError(
      `The program carries an older agent (${version || 'unknown version'}) than this debugger: restart the program.`,
    );
  }
  if (protocol > PROTOCOL_VERSION) {
    throw new ProtocolError(
      `The program carries a newer agent (${version || 'unknown version'}) than this debugger: update the extension.`,
    );
  }
  const read: Hello = {
    kind: 'hello',
    protocol,
    version,
    pid: count(hello['pid'], 'hello.pid'),
    threadId: count(hello['threadId'], 'hello.threadId'),
    node: text(hello['node'], 'hello.node'),
    late: flag(hello['late'], 'hello.late'),
    nowMs: number(hello['nowMs'], 'hello.nowMs'),
    poolSize: count(hello['poolSize'], 'hello.poolSize'),
  };
  if (isThere(hello['olderTimers'])) read.olderTimers = count(hello['olderTimers'], 'hello.olderTimers');
  if (isThere(hello['program'])) read.program = text(hello['program'], 'hello.program');
  return read;
}

/** Checks the last message of a conversation; `hello` and the beats are checked where they are taken in. */
export function readBye(value: unknown): Bye {
  const bye = object(value, 'bye');
  if (bye['kind'] !== 'bye') fail('bye.kind', 'is not "bye"');
  const read: Bye = {
    kind: 'bye',
    beats: list(bye['beats'], 'bye.beats', (beat) => beat as SentBeat),
  };
  if (isThere(bye['stack'])) read.stack = readStack(bye['stack'], 'bye.stack');
  if (isThere(bye['hello'])) read.hello = bye['hello'] as Hello;
  if (isThere(bye['code'])) read.code = number(bye['code'], 'bye.code');
  return read;
}

/** Checks a beat and copies what is known of it, bounded. `tables`: how many scripts and sites came before. */
export function readBeat(value: unknown, tables: { scripts: number; sites: number }): Beat {
  const beat = object(value, 'beat');
  if (beat['kind'] !== 'beat') fail('beat.kind', 'is not "beat"');
  const scripts = list(beat['scripts'], 'beat.scripts', (script, at) => text(script, at));
  const scriptCount = tables.scripts + scripts.length;
  const sites = list(beat['sites'], 'beat.sites', (site, at) => readSite(site, at, scriptCount));
  const siteCount = tables.sites + sites.length;
  const dropped = object(beat['dropped'], 'beat.dropped');
  const loop = object(beat['loop'], 'beat.loop');
  const read: Beat = {
    kind: 'beat',
    seq: count(beat['seq'], 'beat.seq'),
    nowMs: number(beat['nowMs'], 'beat.nowMs'),
    scripts,
    sites,
    entries: readEntries(beat['entries'], 'beat.entries', siteCount),
    ended: list(beat['ended'], 'beat.ended', count),
    settled: count(beat['settled'], 'beat.settled'),
    blocks: list(beat['blocks'], 'beat.blocks', (block, at) => readBlock(block, at, siteCount), MAX_EVENTS),
    more: flag(beat['more'], 'beat.more'),
    dropped: {
      records: count(dropped['records'], 'beat.dropped.records'),
      sites: count(dropped['sites'], 'beat.dropped.sites'),
      ...(isThere(dropped['promises']) && { promises: count(dropped['promises'], 'beat.dropped.promises') }),
    },
    loop: {
      idleMs: number(loop['idleMs'], 'beat.loop.idleMs'),
      turnMaxMs: number(loop['turnMaxMs'], 'beat.loop.turnMaxMs'),
      turns: number(loop['turns'], 'beat.loop.turns'),
    },
  };
  if (isThere(beat['collected'])) read.collected = list(beat['collected'], 'beat.collected', count);
  if (isThere(beat['turn'])) read.turn = readTurn(beat['turn'], 'beat.turn');
  if (isThere(beat['syncCalls'])) {
    read.syncCalls = list(
      beat['syncCalls'],
      'beat.syncCalls',
      (calls, at) => readSyncCalls(calls, at, siteCount),
      MAX_EVENTS,
    );
  }
  if (isThere(loop['made'])) {
    const made = object(loop['made'], 'beat.loop.made');
    read.loop.made = {
      promises: count(made['promises'], 'beat.loop.made.promises'),
      resources: count(made['resources'], 'beat.loop.made.resources'),
    };
  }
  if (isThere(loop['iterations'])) {
    read.loop.iterations = list(
      loop['iterations'],
      'beat.loop.iterations',
      (iteration, at) => readIteration(iteration, at, siteCount),
      MAX_EVENTS,
    );
  }
  return read;
}

function readSite(value: unknown, at: string, scriptCount: number): WireSite {
  const site = object(value, at);
  return {
    // The agent begins its table with a place in no script, so that 0 is none.
    script: site['script'] === -1 ? -1 : index(site['script'], `${at}.script`, scriptCount),
    line: count(site['line'], `${at}.line`),
    column: count(site['column'], `${at}.column`),
    function: text(site['function'], `${at}.function`),
  };
}

function readTurn(value: unknown, at: string): WireTurn {
  const turn = object(value, at);
  const read: WireTurn = {
    seq: count(turn['seq'], `${at}.seq`),
    startedMs: number(turn['startedMs'], `${at}.startedMs`),
    type: text(turn['type'], `${at}.type`),
    entry: count(turn['entry'], `${at}.entry`),
    runs: count(turn['runs'], `${at}.runs`),
    microtasks: flag(turn['microtasks'], `${at}.microtasks`),
    ticks: count(turn['ticks'], `${at}.ticks`),
  };
  if (isThere(turn['stack'])) {
    read.stack = readStack(turn['stack'], `${at}.stack`);
  }
  if (isThere(turn['cpuMs'])) read.cpuMs = number(turn['cpuMs'], `${at}.cpuMs`);
  if (isThere(turn['nodeParts'])) read.nodeParts = count(turn['nodeParts'], `${at}.nodeParts`);
  readCollections(turn, at, read);
  return read;
}

function readCollections(
  of: Record<string, unknown>,
  at: string,
  into: { collections?: WireCollections },
): void {
  if (!isThere(of['collections'])) return;
  const { ms, ofMs } = object(of['collections'], `${at}.collections`);
  into.collections = {
    ms: number(ms, `${at}.collections.ms`),
    ofMs: number(ofMs, `${at}.collections.ofMs`),
  };
}

function readStack(value: unknown, at: string): WireFrame[] {
  return list(value, at, readFrame, MAX_EVENTS).slice(0, MAX_FRAMES);
}

function readFrame(value: unknown, at: string): WireFrame {
  const frame = object(value, at);
  const read: WireFrame = {
    url: text(frame['url'], `${at}.url`),
    line: count(frame['line'], `${at}.line`),
    column: count(frame['column'], `${at}.column`),
    function: text(frame['function'], `${at}.function`),
  };
  if (isThere(frame['entered'])) read.entered = flag(frame['entered'], `${at}.entered`);
  return read;
}

function readBlock(value: unknown, at: string, siteCount: number): WireBlock {
  const block = object(value, at);
  const read: WireBlock = {
    seq: count(block['seq'], `${at}.seq`),
    startedMs: number(block['startedMs'], `${at}.startedMs`),
    durationMs: number(block['durationMs'], `${at}.durationMs`),
    callbackMs: number(block['callbackMs'], `${at}.callbackMs`),
    cpuMs: number(block['cpuMs'], `${at}.cpuMs`),
    type: text(block['type'], `${at}.type`),
    entry: count(block['entry'], `${at}.entry`),
  };
  if (isThere(block['site'])) read.site = index(block['site'], `${at}.site`, siteCount);
  if (isThere(block['nodeParts'])) read.nodeParts = count(block['nodeParts'], `${at}.nodeParts`);
  readCollections(block, at, read);
  return read;
}

function readSyncCalls(value: unknown, at: string, siteCount: number): WireSyncCalls {
  const calls = object(value, at);
  return {
    call: text(calls['call'], `${at}.call`),
    site: index(calls['site'], `${at}.site`, siteCount),
    count: count(calls['count'], `${at}.count`),
    totalUs: number(calls['totalUs'], `${at}.totalUs`),
    worstUs: number(calls['worstUs'], `${at}.worstUs`),
  };
}

function readIteration(value: unknown, at: string, siteCount: number): WireIteration {
  const iteration = object(value, at);
  const read: WireIteration = {
    seq: count(iteration['seq'], `${at}.seq`),
    startedMs: number(iteration['startedMs'], `${at}.startedMs`),
    durationMs: number(iteration['durationMs'], `${at}.durationMs`),
    cpuMs: number(iteration['cpuMs'], `${at}.cpuMs`),
    ongoing: flag(iteration['ongoing'], `${at}.ongoing`),
    callbacks: count(iteration['callbacks'], `${at}.callbacks`),
    counted: count(iteration['counted'], `${at}.counted`),
    groups: list(iteration['groups'], `${at}.groups`, (item, groupAt) => {
      const group = object(item, groupAt);
      return {
        type: text(group['type'], `${groupAt}.type`),
        site: index(group['site'], `${groupAt}.site`, siteCount),
        count: count(group['count'], `${groupAt}.count`),
      };
    }),
  };
  if (isThere(iteration['late'])) {
    const late = object(iteration['late'], `${at}.late`);
    read.late = {
      count: count(late['count'], `${at}.late.count`),
      worstMs: number(late['worstMs'], `${at}.late.worstMs`),
      site: index(late['site'], `${at}.late.site`, siteCount),
    };
  }
  return read;
}

/** Frames kept of one stack. */
const MAX_FRAMES = 60;
/** Blocks and calls that an agent tells at once are fewer, and so are frames. */
const MAX_EVENTS = 2_000;
