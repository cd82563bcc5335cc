import { t, toTranslate } from '../../base/texts.js';
import type { ProcessState, TaskState } from '../../protocol/snapshot.js';

/** `awaiting`, `blocked`: a state in the language of people. */
export function stateText(state: ProcessState | TaskState): string {
  return t(STATES[state]);
}

/** `JavaScript`, `synchronous call`: the cause of a block. */
export function causeText(cause: string): string {
  return t(CAUSES.get(cause) ?? cause);
}

/** `async function`, `Promise.all`: what code calls it stays as it is. */
export function typeText(type: string): string {
  return t(TYPES.get(type) ?? type);
}

const STATES: Record<ProcessState | TaskState, string> = {
  connecting: toTranslate('connecting'),
  running: toTranslate('running'),
  paused: toTranslate('paused'),
  blocked: toTranslate('blocked'),
  ended: toTranslate('ended'),
  unavailable: toTranslate('not available'),
  awaiting: toTranslate('awaiting'),
  ready: toTranslate('ready'),
  pending: toTranslate('pending'),
  fulfilled: toTranslate('fulfilled'),
  rejected: toTranslate('rejected'),
};

const TYPES = new Map([
  ['async function', toTranslate('async function')],
  ['async generator', toTranslate('async generator')],
  ['module', toTranslate('module')],
  ['promise', toTranslate('promise')],
]);

const CAUSES = new Map([
  ['javascript', 'JavaScript'],
  ['synchronous call', toTranslate('synchronous call')],
  ['native call', toTranslate('native call')],
  ['regular expression', toTranslate('regular expression')],
  ['microtasks', toTranslate('chain of promises or ticks')],
  ['garbage collection', toTranslate('garbage collection')],
  ['module loading', toTranslate('module loading')],
  ['unknown', toTranslate('cause not known')],
]);
