import { dirname, isAbsolute, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { LEAST_UPPER_BOUND, originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';
import { filePath, withoutQuery } from './filePath.js';
import { isRegularFile, readRegularFile } from './regularFile.js';
import { readSourceMap } from './sourceMapInput.js';

/** Where the lines of one script come from. */
export interface OriginalPlaces {
  /** Room that it takes, in segments. */
  readonly size: number;
  /** Line and column from 1, in and out. `undefined` where the map says nothing. Never throws. */
  at(line: number, column: number): { file: string; line: number; column: number } | undefined;
  /** The program alone has the map: it runs another text than that on disk. */
  readonly isCompiledOnTheFly: boolean;
}

/**
 * The source map of a script: named by or inside its file, else what `ask` gives (JSON of a map or of `null`).
 * Rejects when there is a map that cannot be read.
 */
export async function loadSourceMap(
  script: string | undefined,
  ask: () => Promise<string | undefined>,
): Promise<OriginalPlaces | undefined> {
  const found = script === undefined ? undefined : await mapOfFile(script);
  if (found) return { ...places(found.json, found.base, script), isCompiledOnTheFly: false };
  const asked = await ask();
  if (asked === undefined || asked === 'null' || asked.length > MAX_MAP_BYTES) return undefined;
  return { ...places(asked, script, script), isCompiledOnTheFly: true };
}

/** Larger files are left alone: reading one would take the host's memory and time. */
const MAX_MAP_BYTES = 30 * 1024 * 1024;
/** Folders above the script in which a source without a place is looked for. */
const MAX_FOLDERS_UP = 10;

async function mapOfFile(script: string): Promise<{ json: string; base: string } | undefined> {
  const code = await readRegularFile(script, MAX_MAP_BYTES);
  const name = code === undefined ? undefined : sourceMappingUrl(code);
  if (name === undefined) return undefined;
  if (name.startsWith('data:')) return { json: fromDataUrl(name), base: script };
  const map =
    filePath(name) ?? (/^[a-z][a-z+.-]+:/i.test(name) ? undefined : join(dirname(script), decoded(name)));
  const json = map === undefined ? undefined : await readRegularFile(map, MAX_MAP_BYTES);
  return map === undefined || json === undefined ? undefined : { json, base: map };
}

/** The last one counts, as in V8. */
function sourceMappingUrl(code: string): string | undefined {
  const at = Math.max(code.lastIndexOf('//# sourceMappingURL='), code.lastIndexOf('//@ sourceMappingURL='));
  if (at < 0) return undefined;
  const start = at + '//# sourceMappingURL='.length;
  const end = code.slice(start).search(/\s/);
  const name = end < 0 ? code.slice(start) : code.slice(start, start + end);
  return name === '' || /["'`]/.test(name.slice(-1)) ? undefined : name;
}

function fromDataUrl(url: string): string {
  const comma = url.indexOf(',');
  const data = url.slice(comma + 1);
  return /;base64$/i.test(url.slice(0, comma))
    ? Buffer.from(data, 'base64').toString('utf8')
    : decodeURIComponent(data);
}

function places(
  json: string,
  base: string | undefined,
  script: string | undefined,
): Omit<OriginalPlaces, 'isCompiledOnTheFly'> {
  const { input, size } = readSourceMap(json);
  const map = new TraceMap(input, base === undefined ? undefined : pathToFileURL(base).href);
  const written = new Map<string, string | null>();
  for (const [position, source] of map.resolvedSources.entries()) {
    if (!written.has(source)) written.set(source, map.sources[position] ?? null);
  }
  const files = new Map<string, string>();
  const fileOf = (source: string): string | undefined => {
    const name = written.get(source);
    if (typeof name !== 'string') return undefined; // the map has no name for it, or too long a one
    let file = files.get(source);
    if (file === undefined) {
      file = originalFile(source, name, script);
      files.set(source, file);
    }
    return file;
  };
  return {
    size,
    at(line, column) {
      if (line < 1 || column < 1) return undefined;
      try {
        const needle = { line, column: column - 1 };
        let found = originalPositionFor(map, needle);
        if (found.source === null) found = originalPositionFor(map, { ...needle, bias: LEAST_UPPER_BOUND });
        if (found.source === null) return undefined;
        const file = fileOf(found.source);
        return file === undefined ? undefined : { file, line: found.line, column: found.column + 1 };
      } catch {
        return undefined; // mappings that do not decode
      }
    },
  };
}

/** A source's place on disk as well as it can be told; a URL that stands for no file is left as it is. */
function originalFile(resolved: string, written: string, script: string | undefined): string {
  if (isAbsolute(written) || DRIVE.test(written)) return written;
  const path = filePath(resolved);
  if (path !== undefined) return path;
  const inside = insideWebpack(resolved);
  if (inside === undefined || script === undefined) return resolved;
  if (DRIVE.test(inside.replace(/^\//, ''))) return inside.replace(/^\//, '');
  let folder = dirname(script);
  for (let up = 0; up < MAX_FOLDERS_UP; up++) {
    const candidate = resolve(folder, inside.replace(/^(?:\.?\/)+/, ''));
    if (isRegularFile(candidate)) return candidate;
    if (dirname(folder) === folder) break;
    folder = dirname(folder);
  }
  return resolved;
}

/** `src/report.ts` of `webpack://shop/(server)/./src/report.ts?1234`; `undefined` where the name is no such one. */
function insideWebpack(name: string): string | undefined {
  const [start] = /^(?:webpack|turbopack)(?:-internal)?:\/\/(?:[^/]*\/)?(?:\([^)]*\)\/)?/.exec(name) ?? [];
  if (start === undefined) return undefined;
  const inside = name.slice(start.length);
  const query = inside.indexOf('?');
  return query < 0 ? inside : inside.slice(0, query);
}

/** A path of Windows, which a bundler there has written. */
const DRIVE = /^[a-z]:[\\/]/i;

function decoded(name: string): string {
  try {
    return decodeURIComponent(withoutQuery(name));
  } catch {
    return name;
  }
}
