import type { Diagnosis } from './blockDiagnosis.js';
import { t } from '../../base/texts.js';
import type { BlockingEpisode } from './blockingEpisode.js';
import { counted, durationText } from '../numbers.js';
import { plainText } from '../plainText.js';

type Why = Pick<Diagnosis, 'cause' | 'call' | 'isProbable'>;

/** What happened, as one sentence without a full stop. */
export function blockingMessage(
  { ongoing, evidence: { isStartUp, forTask } }: BlockingEpisode,
  why: Why,
  { durationMs, count, maxMs }: { durationMs: number; count: number; maxMs: number },
): string {
  const what = withReason(blockedText(durationText(durationMs), ongoing, isStartUp), why);
  const whom = forTask === undefined ? what : forWhom(what, forTask.name);
  return plainText(count > 1 ? oftenText(whom, count, durationText(maxMs)) : whom, 400);
}

/** What happened again and again: `… (3 times, worst 430 ms)`. */
export function oftenText(what: string, count: number, worst: string): string {
  return t('{0} ({1}, worst {2})', what, counted(count, 'time'), worst);
}

/** `…, for GET /report`. */
export function forWhom(what: string, name: string): string {
  return t('{0}, for {1}', what, name);
}

function blockedText(duration: string, ongoing: boolean, isStartUp: boolean): string {
  if (isStartUp)
    return ongoing ? t('Has blocked start-up for {0}', duration) : t('Blocked start-up for {0}', duration);
  return ongoing
    ? t('Has blocked the event loop for {0}', duration)
    : t('Blocked the event loop for {0}', duration);
}

function withReason(what: string, { cause, call, isProbable }: Why): string {
  switch (cause) {
    case 'microtasks':
      return t('{0} with a chain of promises or ticks', what);
    case 'garbage collection':
      return t('{0} collecting garbage', what);
    case 'module loading':
      return t('{0} loading modules', what);
    case 'synchronous call':
    case 'regular expression':
      if (call === undefined) return what;
      return isProbable ? t('{0}, probably in {1}', what, t(call)) : t('{0} in {1}', what, t(call));
    case 'native call':
      return t('{0} in a native call', what);
    case 'javascript':
    case 'unknown':
      return what;
  }
}
