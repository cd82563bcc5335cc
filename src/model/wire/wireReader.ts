import { t } from '../../base/texts.js';
import type { SentRecording } from '../../protocol/recording.js';
import {
  PROTOCOL_VERSION,
  type Poll,
  type FinalUpdate,
  type Hello,
  type WireBlock,
  type WireCollections,
  type WireFrame,
  type WireIteration,
  type WireKind,
  type WireRejection,
  type WireSite,
  type WireSyncCalls,
  type WireTurn,
} from '../../protocol/wire.js';
import { KINDS } from '../../protocol/entryRow.js';
import { readEntries } from './entryReader.js';
import { ProtocolError } from './protocolError.js';
import { count, fail, flag, index, isThere, list, longText, number, object, text } from './wireChecks.js';

/** Checks the first message of a conversation; of an agent of another version it says which side is old. */
export function readHello(value: unknown): Hello {
  const hello = object(value, 'hello');
  if (hello['kind'] !== 'hello') fail('hello.kind', 'is not "hello"');
  const protocol = count(hello['protocol'], 'hello.protocol');
  const version = text(hello['version'], 'hello.version');
  if (protocol < PROTOCOL_VERSION) {
    throw new ProtocolError(
      t(
        'The program carries an older agent ({0}) than this debugger: restart the program.',
        version || t('unknown version'),
      ),
    );
  }
  if (protocol > PROTOCOL_VERSION) {
    throw new ProtocolError(
      t(
        'The program carries a newer agent ({0}) than this debugger: update the extension.',
        version || t('unknown version'),
      ),
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

/** What the last message of a conversation holds; its `hello` and its polls are checked one after the other. */
type ReadFinalUpdate = Omit<FinalUpdate, 'hello' | 'polls'> & { hello?: unknown; polls: unknown[] };

/** Checks the last message of a conversation, but for the messages in it. */
export function readFinalUpdate(value: unknown): ReadFinalUpdate {
  const finalUpdate = object(value, 'finalUpdate');
  if (finalUpdate['kind'] !== 'finalUpdate') fail('finalUpdate.kind', 'is not "finalUpdate"');
  const read: ReadFinalUpdate = {
    kind: 'finalUpdate',
    polls: list(finalUpdate['polls'], 'finalUpdate.polls', (poll) => poll),
  };
  if (isThere(finalUpdate['stack'])) read.stack = readStack(finalUpdate['stack'], 'finalUpdate.stack');
  if (isThere(finalUpdate['hello'])) read.hello = finalUpdate['hello'];
  // its rows are read by whoever follows the recording
  if (isThere(finalUpdate['recording']))
    read.recording = list(finalUpdate['recording'], 'finalUpdate.recording', (sent) => sent as SentRecording);
  if (isThere(finalUpdate['code'])) read.code = number(finalUpdate['code'], 'finalUpdate.code');
  return read;
}

/** The place of a poll in its conversation, without a look at the rest. */
export function readSeq(value: unknown): number {
  return count(object(value, 'poll')['seq'], 'poll.seq');
}

/** Checks a poll and copies what is known of it, bounded. `tables`: how many scripts and sites came before. */
export function readPoll(value: unknown, tables: { scripts: number; sites: number }): Poll {
  const poll = object(value, 'poll');
  if (poll['kind'] !== 'poll') fail('poll.kind', 'is not "poll"');
  const scripts = list(poll['scripts'], 'poll.scripts', (script, at) => text(script, at));
  const scriptCount = tables.scripts + scripts.length;
  const sites = list(poll['sites'], 'poll.sites', (site, at) => readSite(site, at, scriptCount));
  const siteCount = tables.sites + sites.length;
  const dropped = object(poll['dropped'], 'poll.dropped');
  const loop = object(poll['loop'], 'poll.loop');
  const read: Poll = {
    kind: 'poll',
    seq: count(poll['seq'], 'poll.seq'),
    nowMs: number(poll['nowMs'], 'poll.nowMs'),
    scripts,
    sites,
    entries: readEntries(poll['entries'], 'poll.entries', siteCount),
    ended: list(poll['ended'], 'poll.ended', count),
    settled: count(poll['settled'], 'poll.settled'),
    blocks: list(poll['blocks'], 'poll.blocks', (block, at) => readBlock(block, at, siteCount), MAX_EVENTS),
    more: flag(poll['more'], 'poll.more'),
    dropped: {
      records: count(dropped['records'], 'poll.dropped.records'),
      sites: count(dropped['sites'], 'poll.dropped.sites'),
      ...(isThere(dropped['promises']) && { promises: count(dropped['promises'], 'poll.dropped.promises') }),
    },
    loop: {
      idleMs: number(loop['idleMs'], 'poll.loop.idleMs'),
      turnMaxMs: number(loop['turnMaxMs'], 'poll.loop.turnMaxMs'),
      turns: number(loop['turns'], 'poll.loop.turns'),
    },
  };
  if (isThere(poll['collected'])) read.collected = list(poll['collected'], 'poll.collected', count);
  if (isThere(poll['turn'])) read.turn = readTurn(poll['turn'], 'poll.turn');
  if (isThere(poll['syncCalls'])) {
    read.syncCalls = list(
      poll['syncCalls'],
      'poll.syncCalls',
      (calls, at) => readSyncCalls(calls, at, siteCount),
      MAX_EVENTS,
    );
  }
  if (isThere(poll['rejections'])) {
    read.rejections = list(
      poll['rejections'],
      'poll.rejections',
      (rejection, at) => readRejection(rejection, at, siteCount),
      MAX_EVENTS,
    );
  }
  if (isThere(poll['handled'])) read.handled = list(poll['handled'], 'poll.handled', count, MAX_EVENTS);
  if (isThere(loop['made'])) {
    const made = object(loop['made'], 'poll.loop.made');
    read.loop.made = {
      promises: count(made['promises'], 'poll.loop.made.promises'),
      resources: count(made['resources'], 'poll.loop.made.resources'),
    };
  }
  if (isThere(loop['iterations'])) {
    read.loop.iterations = list(
      loop['iterations'],
      'poll.loop.iterations',
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

function readRejection(value: unknown, at: string, siteCount: number): WireRejection {
  const rejection = object(value, at);
  return {
    entry: count(rejection['entry'], `${at}.entry`),
    kind: kindOf(rejection['kind'], `${at}.kind`),
    type: text(rejection['type'], `${at}.type`),
    site: index(rejection['site'], `${at}.site`, siteCount),
    call: index(rejection['call'], `${at}.call`, siteCount),
    by: count(rejection['by'], `${at}.by`),
    text: longText(rejection['text'], `${at}.text`),
  };
}

function kindOf(value: unknown, at: string): WireKind {
  const kind = KINDS.find((each) => each === value);
  if (kind === undefined) fail(at, 'is not known');
  return kind;
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
