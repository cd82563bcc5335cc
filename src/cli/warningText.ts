import { relative } from 'node:path';
import type { BlockingWarning, Site } from '../protocol/snapshot.js';

/** `blocked the event loop for 430 ms in parseReport (report.ts:88)`; files are shown from the folder `cwd`. */
export function warningText(warning: BlockingWarning, cwd: string): string {
  // How often it has happened before is known from the lines above.
  const what = warning.message.replace(/ \(\d[^()]*\)$/, '');
  const sentence = what.charAt(0).toLowerCase() + what.slice(1);
  if (!warning.site) return sentence;
  const link = warning.cause === 'synchronous call' ? ', called in' : ' in';
  return `${sentence}${link} ${siteText(warning.site, cwd)}`;
}

function siteText(site: Site, cwd: string): string {
  const near = relative(cwd, site.file);
  const file = near === '' || near.startsWith('..') || site.file.includes(':') ? site.file : near;
  const place = `${file}:${site.line}`;
  return site.function === undefined || site.function === '' ? place : `${site.function} (${place})`;
}
