import type { TaskKind } from '../protocol/snapshot.js';
import type { WireDetail, WireEntry } from '../protocol/wire.js';
import { formatCount, durationText } from './numbers.js';
import { resourceType } from './resourceTypes.js';

/** How an entry is called, for people; `code`: the function that it runs and the file that this is in. */
export function entryNames(
  entry: WireEntry,
  code: { file?: string; function?: string } = {},
): { kind: TaskKind; type: string; name: string; detail?: string } {
  const names = namesByKind(entry, code);
  return entry.name === undefined || entry.name === '' ? names : { ...names, name: entry.name };
}

/** What is left of a timer, which changes with time. */
export function timerLeft(detail: WireDetail, nowMs: number): string | undefined {
  if (detail.timerMs === undefined || detail.armedMs === undefined) return undefined;
  const leftMs = detail.armedMs + detail.timerMs - nowMs;
  return leftMs > 0 ? `${durationText(leftMs)} left` : 'due';
}

function namesByKind(
  entry: WireEntry,
  code: { file?: string; function?: string },
): ReturnType<typeof entryNames> {
  switch (entry.kind) {
    case 'function':
      return {
        kind: 'asyncFunction',
        type: 'async function',
        name: entry.type || code.function || '<anonymous>',
      };
    case 'generator':
      return {
        kind: 'generator',
        type: 'async generator',
        name: code.function ?? `${entry.type || 'next'}()`,
      };
    case 'module':
      return { kind: 'module', type: 'module', name: basename(code.file ?? '') || 'module' };
    case 'new':
      return promise(entry.type.startsWith('Promise.') ? entry.type : 'new Promise');
    case 'then':
      return promise(`.${entry.type || 'then'}`);
    case 'combinator': {
      const type =
        entry.type === '' ? 'Promise.all' : entry.type.includes('.') ? entry.type : `Promise.${entry.type}`;
      return { kind: 'combinator', type, name: type };
    }
    case 'promise':
      return promise(entry.type || 'promise');
    case 'resource':
      return resourceNames(entry.type, entry.detail ?? {});
  }
}

function promise(type: string): ReturnType<typeof entryNames> {
  return { kind: 'promise', type, name: type };
}

function resourceNames(type: string, detail: WireDetail): ReturnType<typeof entryNames> {
  const { kind, name, names } = resourceType(type);
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
    case 'request': {
      const request = [detail.method, detail.path].filter(Boolean).join(' ');
      const host = address(detail);
      return { ...named, name: request || name, ...(host ? { detail: host } : {}) };
    }
    case 'file':
      return detail.file
        ? { ...named, name: `${name} ${basename(detail.file)}`, detail: detail.file }
        : { ...named, name };
    case 'pid':
      return detail.pid === undefined ? { ...named, name } : withDetail(named, name, `${detail.pid}`);
  }
}

function withDetail(
  named: { kind: TaskKind; type: string },
  name: string,
  detail: string | undefined,
): ReturnType<typeof entryNames> {
  return detail ? { ...named, name: `${name} ${detail}`, detail } : { ...named, name };
}

function address(detail: WireDetail): string | undefined {
  const host = detail.host === '::' || detail.host === '0.0.0.0' ? '' : (detail.host ?? '');
  if (detail.port === undefined) return host || undefined;
  return `${host.includes(':') ? `[${host}]` : host}:${detail.port}`;
}

/** As the program wrote it, so that it is found again in the source. */
function timerLength(timerMs: number): string {
  return `${formatCount(timerMs)} ms`;
}

function basename(file: string): string {
  return file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
}
