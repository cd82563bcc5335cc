/** A folder as VS Code has it, and where it really is. */
export interface LinkedFolder {
  readonly path: string;
  readonly real: string;
}

/** The path of a file below the first folder that it really is in; the same where it is in none. */
export function throughLinks(file: string, folders: readonly LinkedFolder[]): string {
  for (const { path, real } of folders) {
    if (path === real || !file.startsWith(real)) continue;
    const rest = file.slice(real.length);
    if (/^[\\/]/.test(rest)) return path + rest;
  }
  return file;
}
