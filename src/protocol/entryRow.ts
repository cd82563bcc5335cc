import type { WireEntry, WireKind } from './wire.js';

/**
 * The form in which entries are sent. There may be a million of them, so that they are no JSON but a row of whole
 * numbers each: its id, its head, when it was born in whole milliseconds, and those that its head says it has, in the
 * order of `Has`. `waits` begins with how many they are; times that it ran or was ready are in microseconds.
 *
 * The head: the index of its kind, 3 bits; that of its state, 2 bits; then `Has`.
 */
export const KINDS: readonly WireKind[] = [
  'new',
  'function',
  'then',
  'combinator',
  'generator',
  'module',
  'promise',
  'resource',
];
export const STATES: readonly WireEntry['state'][] = ['pending', 'awaiting', 'ready', 'running'];

/** What an entry has. The first ones are those that most have: they cost no further digit. */
export const enum Has {
  By = 1,
  Site = 2,
  Call = 4,
  Await = 8,
  Waits = 16,
  Runs = 32,
  BusyMs = 64,
  ReadyMs = 128,
  WaitsMore = 256,
  Inputs = 512,
  /** It has its place in the list of texts and details. */
  Words = 1024,
  Through = 2048,
}

/** Bits of a head before `Has`, and of a whole head. */
export const HAS_SHIFT = 5;
export const HEAD_BITS = HAS_SHIFT + 12;
export const STATE_SHIFT = 3;

/**
 * A number is written as in source maps, but has no sign: five bits in a digit, the lowest first, and a sixth that says
 * that more follow.
 */
export const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
export const DIGIT_BASE = 32;
