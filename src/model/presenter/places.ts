import { t } from '../../base/texts.js';
import type { Site } from '../../protocol/snapshot.js';
import { basename } from '../paths.js';
import { plainText } from '../plainText.js';

/** `report.ts:88`; empty for places inside Node, which cannot be opened. */
export function shortPlace(site: Site | undefined): string {
  return isOpenable(site) ? plainText(`${basename(site.file)}:${site.line}`) : '';
}

/** `/shop/report.ts:88:5`, also for places inside Node. */
export function longPlace(site: Site): string {
  return plainText(`${site.file}:${site.line}:${site.column}`);
}

/** Whether there is a file to open. */
export function isOpenable(site: Site | undefined): site is Site {
  return (
    site !== undefined && site.file !== '' && !site.file.startsWith('node:') && !site.file.startsWith('<')
  );
}

/** `parseReport`, or what stands for a function without a name. */
export function functionName(site: Site): string {
  return plainText(site.function ?? '') || t('(anonymous)');
}
