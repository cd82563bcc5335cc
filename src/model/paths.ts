/** Paths come from programs of every system: both kinds of slashes divide names. */

/** The last name of a path. */
export function basename(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

/** Of a path or `file:` URL, with forward slashes. */
export function forwardPath(path: string): string {
  return path.replace(/^file:\/\//, '').replaceAll('\\', '/');
}
