import { t, toTranslate } from '../../base/texts.js';
import type { TaskKind } from '../../protocol/snapshot.js';
import type { WireDetail, WireEntry } from '../../protocol/wire.js';
import { nodeName, packageName } from './externalNames.js';
import { formatCount, durationText } from '../numbers.js';
import { basename } from '../paths.js';
import { resourceType } from './resourceTypes.js';

/** How an entry is called, for people; `code`: the function that it runs or that made it, and the file of that. */
export function entryNames(
  entry: WireEntry,
  code: Code = {},
): { kind: TaskKind; type: string; name: string; detail?: string } {
  const names = namesByKind(entry, code);
  return entry.name === undefined || entry.name === '' ? names : { ...names, name: entry.name };
}

/** When a timer is due, on the debuggee's clock. */
export function timerDueMs(detail: WireDetail | undefined): number | undefined {
  if (detail?.timerMs === undefined || detail.armedMs === undefined) return undefined;
  return detail.armedMs + detail.timerMs;
}

/** What is left of a timer. */
export function timerLeft(leftMs: number): string {
  const ms = Math.max(0, Math.round(leftMs));
  const step = ms < 1_000 ? 1 : ms < 9_950 ? 100 : 1_000;
  return ms > 0 ? t('{0} left', durationText(Math.round(ms / step) * step)) : t('due');
}

interface Code {
  file?: string;
  function?: string;
}

function namesByKind(entry: WireEntry, code: Code): ReturnType<typeof entryNames> {
  switch (entry.kind) {
    case 'function':
      return {
        kind: 'asyncFunction',
        type: 'async function',
        name: functionName(code, entry.type || code.function || '<anonymous>'),
      };
    case 'generator': {
      const request = `${entry.type || 'next'}()`;
      return {
        kind: 'generator',
        type: 'async generator',
        name: code.function === undefined ? request : functionName(code, code.function),
      };
    }
    case 'module':
      return { kind: 'module', type: 'module', name: basename(code.file ?? '') || t('module') };
    case 'new':
      return promise(entry.type.startsWith('Promise.') ? entry.type : 'new Promise', code);
    case 'then':
      return promise(`.${entry.type || 'then'}`, code);
    case 'combinator': {
      const type =
        entry.type === '' ? 'Promise.all' : entry.type.includes('.') ? entry.type : `Promise.${entry.type}`;
      return { kind: 'combinator', type, name: type };
    }
    case 'promise':
      return promise(BUILTINS.get(entry.type) ?? (entry.type || 'promise'), code);
    case 'resource':
      return resourceNames(entry.type, entry.detail ?? {}, code);
  }
}

/** With the module of Node or the package that it comes from: such a name alone may be anyone's. */
function functionName({ file = '' }: Code, name: string): string {
  if (file.startsWith('node:')) return nodeName(file, name) ?? name;
  const from = packageName(file);
  return from === undefined ? name : `${name} (${from})`;
}

/** A promise of foreign code is called like the function that made it: how it was made is of no use to people. */
function promise(type: string, { file = '', function: maker = '' }: Code): ReturnType<typeof entryNames> {
  const made = { kind: 'promise', type, name: type } as const;
  if (file.startsWith('node:')) return { ...made, name: nodeName(file, maker) ?? t('promise of Node') };
  const from = packageName(file);
  return from === undefined ? made : { ...made, name: `${maker || type} (${from})` };
}

function resourceNames(type: string, detail: WireDetail, code: Code): ReturnType<typeof entryNames> {
  const { kind, names, ...resource } = resourceType(type);
  const name = t(resource.name);
  const named = { kind, type };
  if (names === undefined) return { ...named, name };
  switch (names) {
    case 'timer': {
      const timer = detail.repeat ? 'setInterval' : name;
      return {
        ...named,
        name: detail.timerMs === undefined ? timer : `${timer} ${timerLength(detail.timerMs)}`,
      };
    }
    case 'address':
      return withDetail(named, name, address(detail));
    case 'host':
      return withDetail(named, name, detail.host);
    case 'request':
      return requestNames(named, name, detail);
    case 'test':
      return { ...named, name: detail.path ?? name };
    case 'file': {
      if (!detail.file) return { ...named, name: fileFunction(named, code) ?? name };
      // the streams that every program has are known by their names
      const called = STANDARD_STREAMS.has(detail.file) ? '' : (fileFunction(named, code) ?? name);
      return {
        ...named,
        name: `${called} ${basename(detail.file)}`.trim(),
        detail: detail.file,
      };
    }
    case 'holders':
      return { ...named, name, detail: t('{0} of {1} in use', detail.used ?? 0, detail.size ?? 1) };
    case 'statement': {
      const server = address(detail);
      return {
        ...named,
        name: detail.statement ? `${name}: ${detail.statement}` : name,
        ...(server && { detail: server }),
      };
    }
    case 'program': {
      const program = detail.command ?? detail.file;
      return {
        ...named,
        name: program ? `${name} ${program}` : name,
        ...(detail.pid === undefined ? {} : { detail: `pid ${detail.pid}` }),
      };
    }
  }
}

/** `GET /cart` alone is a request to this program; one that it makes says so. */
function requestNames(
  named: { kind: TaskKind; type: string },
  name: string,
  detail: WireDetail,
): ReturnType<typeof entryNames> {
  const isWebSocket = named.type === 'WEBSOCKETREQUEST';
  const phase = isWebSocket || detail.phase === undefined ? undefined : t(PHASES[detail.phase]);
  const request = [isWebSocket ? undefined : detail.method, detail.path].filter(Boolean).join(' ');
  const made = MADE_BY.get(named.type) ?? '';
  const facts = [address(detail), phase].filter(Boolean).join(', ');
  return {
    ...named,
    name: request === '' ? name : `${made} ${request}`.trim(),
    ...(facts ? { detail: facts } : {}),
  };
}

/** `fs.readFile`: what the program called of Node to begin a file operation. */
function fileFunction({ kind, type }: { kind: TaskKind; type: string }, code: Code): string | undefined {
  if (kind !== 'operation' || resourceType(type).group !== 'file') return undefined;
  const name = nodeName(code.file ?? '', code.function);
  return name?.startsWith('fs.') ? name : undefined;
}

function withDetail(
  named: { kind: TaskKind; type: string },
  name: string,
  detail: string | undefined,
): ReturnType<typeof entryNames> {
  return detail ? { ...named, name: `${name} ${detail}`, detail } : { ...named, name };
}

function address(detail: WireDetail): string | undefined {
  // an IPv4 address, as a socket for both kinds has it
  const ip = detail.host?.replace(/^::ffff:(?=[\d.]+$)/, '') ?? '';
  const host = ip === '::' || ip === '0.0.0.0' ? '' : ip;
  if (detail.port === undefined) return host || undefined;
  return `${host.includes(':') ? `[${host}]` : host}:${detail.port}`;
}

/** As the program wrote it, so that it is found again in the source. */
function timerLength(timerMs: number): string {
  return `${formatCount(timerMs)} ms`;
}

const STANDARD_STREAMS = new Set(['stdin', 'stdout', 'stderr']);

/** Functions of the language that make promises, as people write them. */
const BUILTINS = new Map([
  ['fromAsync', 'Array.fromAsync'],
  ['resolve', 'Promise.resolve'],
  ['sync next', 'next()'],
  ['try', 'Promise.try'],
  ['waitAsync', 'Atomics.waitAsync'],
]);

const MADE_BY = new Map([
  ['HTTPCLIENTREQUEST', 'http'],
  ['UNDICIREQUEST', 'fetch'],
  ['WEBSOCKETREQUEST', 'WebSocket'],
]);

const PHASES = {
  connection: toTranslate('waits for a connection'),
  headers: toTranslate('waits for headers'),
  body: toTranslate('waits for body'),
};
