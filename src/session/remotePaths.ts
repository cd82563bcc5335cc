import { join } from 'node:path';

/** Where a program that runs elsewhere has its files, and where they are here: `remoteRoot` and `localRoot` of a configuration. */
export interface PathRoots {
  readonly remote: string;
  readonly local: string;
}

/** The file here that a program elsewhere calls so; the same path where it is below no root. */
export function localPath(file: string, roots: PathRoots | undefined): string {
  if (!roots) return file;
  const path = file.replaceAll('\\', '/');
  const root = roots.remote.replaceAll('\\', '/').replace(/\/*$/, '/');
  const isBelow = DRIVE.test(root)
    ? path.toLowerCase().startsWith(root.toLowerCase())
    : path.startsWith(root);
  return isBelow ? join(roots.local, path.slice(root.length)) : file;
}

const DRIVE = /^[a-z]:\//i;
