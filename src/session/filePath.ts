import { isAbsolute } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Path on disk of a script's URL; `undefined` where it has none (`node:`, `evalmachine`, `http:` …). Never throws. */
export function filePath(url: string): string | undefined {
  if (isAbsolute(url)) return url;
  if (!url.startsWith('file:')) return undefined;
  try {
    return fileURLToPath(withoutQuery(url));
  } catch {
    return undefined;
  }
}

/** Loaders tell versions of a module apart by a query. */
export function withoutQuery(url: string): string {
  const end = url.search(/[?#]/);
  return end < 0 ? url : url.slice(0, end);
}
