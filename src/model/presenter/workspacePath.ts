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
  return start !== '/' && path.startsWith(start) ? path.slice(start.length) : undefined;
}
