import { relative } from 'node:path';
import { t } from '../base/texts.js';
import { forWhom, oftenText } from '../model/blocking/blockingText.js';
import { durationText, fineDurationText } from '../model/numbers.js';
import { isBlocking, type Site, type TimedWarning } from '../protocol/snapshot.js';

/** `blocked the event loop for 430 ms in parseReport (report.ts:88)`; files are shown from the folder `cwd`. */
export function warningText(warning: TimedWarning, cwd: string): string {
  const event = once(warning);
  const isWord = /^[A-Z][a-z]/.test(event);
  const sentence = isWord ? event.charAt(0).toLowerCase() + event.slice(1) : event;
  const whom = isBlocking(warning) ? warning.forTask?.name : undefined;
  if (whom === undefined) return placed(sentence, warning, cwd);
  const end = forWhom('', whom);
  return sentence.endsWith(end)
    ? forWhom(placed(sentence.slice(0, -end.length), warning, cwd), whom)
    : placed(sentence, warning, cwd);
}

/** How often it has happened before is known from the lines above. */
function once({ message, count, maxMs }: TimedWarning): string {
  const ends = [durationText(maxMs), fineDurationText(maxMs)].map((worst) => oftenText('', count, worst));
  const end = ends.find((one) => message.endsWith(one));
  return end === undefined ? message : message.slice(0, -end.length);
}

/** What the place is to the event. */
function placed(event: string, warning: TimedWarning, cwd: string): string {
  if (!warning.site) return event;
  const place = placeText(warning.site, cwd);
  switch (warning.kind) {
    case 'loop':
      return t('{0}, many of them made in {1}', event, place);
    case 'lateTimers':
      return t('{0}; the latest was set in {1}', event, place);
    case 'slowOperation':
      return t('{0}, started in {1}', event, place);
    case 'threadPool':
      return t('{0}, one of them started in {1}', event, place);
    case 'syncCall':
      return t('{0}, called in {1}', event, place);
    case 'blocking':
      return CALLS.has(isBlocking(warning) ? warning.cause : '')
        ? t('{0}, called in {1}', event, place)
        : t('{0} in {1}', event, place);
  }
}

const CALLS: ReadonlySet<string> = new Set(['synchronous call', 'native call', 'regular expression']);

/** `parseReport (src/report.ts:88)`; files are shown from the folder `cwd`. */
export function placeText(site: Site, cwd: string): string {
  const near = relative(cwd, site.file);
  const isUrl = /^[a-z][a-z\d+.-]+:/i.test(site.file);
  const file = near === '' || near.startsWith('..') || isUrl ? site.file : near;
  const place = `${file}:${site.line}`;
  return site.function === undefined || site.function === '' ? place : `${site.function} (${place})`;
}
