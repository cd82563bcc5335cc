import { forwardPath } from '../paths.js';

/** Where paths are told from. */
export interface Folders {
  /** Of the workspace. */
  workspace: readonly string[];
  home?: string | undefined;
}

/** `src/report.ts` in the nearest folder of the workspace, else `~/tools/report.js`, else the whole path; always with forward slashes. */
export function workspacePath(file: string, { workspace, home }: Folders): string {
  const path = forwardPath(file);
  const [inside] = workspace
    .map((folder) => below(path, folder))
    .filter((found) => found !== undefined)
    .sort((a, b) => a.length - b.length);
  if (inside !== undefined) return inside;
  const inHome = home === undefined ? undefined : below(path, home);
  return inHome === undefined ? path : `~/${inHome}`;
}

function below(path: string, folder: string): string | undefined {
  const start = forwardPath(folder).replace(/\/*$/, '/');
  if (start === '/' || path.length < start.length) return undefined;
  const head = path.slice(0, start.length);
  // Windows does not tell upper and lower case apart, and programs write its drives in either
  const isSame = DRIVE.test(start) ? head.toLowerCase() === start.toLowerCase() : head === start;
  return isSame ? path.slice(start.length) : undefined;
}

const DRIVE = /^\/?[a-z]:\//i;
