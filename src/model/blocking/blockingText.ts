import type { Diagnosis } from './blockDiagnosis.js';
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
  const duration = durationText(durationMs);
  const often = count > 1 ? ` (${counted(count, 'time')}, worst ${durationText(maxMs)})` : '';
  const verb = ongoing ? 'Has blocked' : 'Blocked';
  const what = isStartUp ? 'start-up' : 'the event loop';
  const whom = forTask === undefined ? '' : `, for ${forTask.name}`;
  return plainText(`${verb} ${what} for ${duration}${reason(why)}${whom}${often}`, 400);
}

function reason({ cause, call, isProbable }: Why): string {
  switch (cause) {
    case 'microtasks':
      return ' with a chain of promises or ticks';
    case 'garbage collection':
      return ' collecting garbage';
    case 'module loading':
      return ' loading modules';
    case 'synchronous call':
    case 'regular expression':
      return call === undefined ? '' : `${isProbable ? ', probably' : ''} in ${call}`;
    case 'native call':
      return ' in a native call';
    case 'javascript':
    case 'unknown':
      return '';
  }
}
