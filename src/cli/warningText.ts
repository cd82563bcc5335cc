import { relative } from 'node:path';
import { isBlocking, type Site, type TimedWarning } from '../protocol/snapshot.js';

/** `blocked the event loop for 430 ms in parseReport (report.ts:88)`; files are shown from the folder `cwd`. */
export function warningText(warning: TimedWarning, cwd: string): string {
  // How often it has happened before is known from the lines above.
  const what = warning.message.replace(/ \(\d[\d,]* times?, worst [^()]*\)$/, '');
  const isWord = /^[A-Z][a-z]/.test(what);
  const sentence = isWord ? what.charAt(0).toLowerCase() + what.slice(1) : what;
  const whom = isBlocking(warning) && warning.forTask ? `, for ${warning.forTask.name}` : '';
  const event = whom !== '' && sentence.endsWith(whom) ? sentence.slice(0, -whom.length) : sentence;
  return `${event}${where(warning, cwd)}${event === sentence ? '' : whom}`;
}

function where(warning: TimedWarning, cwd: string): string {
  if (!warning.site) return '';
  return `${link(warning)} ${placeText(warning.site, cwd)}`;
}

/** What the place is to the event. */
function link(warning: TimedWarning): string {
  if (warning.kind === 'loop') return ', many of them made in';
  if (warning.kind === 'lateTimers') return '; the latest was set in';
  if (warning.kind === 'slowOperation') return ', started in';
  if (warning.kind === 'threadPool') return ', one of them started in';
  if (warning.kind === 'syncCall') return ', called in';
  return CALLS.has(isBlocking(warning) ? warning.cause : '') ? ', called in' : ' in';
}

const CALLS: ReadonlySet<string> = new Set(['synchronous call', 'native call', 'regular expression']);

/** `parseReport (src/report.ts:88)`; files are shown from the folder `cwd`. */
export function placeText(site: Site, cwd: string): string {
  const near = relative(cwd, site.file);
  const file = near === '' || near.startsWith('..') || site.file.includes(':') ? site.file : near;
  const place = `${file}:${site.line}`;
  return site.function === undefined || site.function === '' ? place : `${site.function} (${place})`;
}
