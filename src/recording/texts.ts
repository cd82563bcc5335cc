import type { Site } from '../protocol/snapshot.js';

/** `server.ts:12`; nothing where the place is not known. */
export function siteText(site: Site | undefined): string {
  if (site === undefined) return '';
  return `${site.file.replace(/^.*[\\/]/, '')}:${site.line}`;
}
