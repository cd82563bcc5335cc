import type { EncodedSourceMap } from '@jridgewell/trace-mapping';

/** Room for the maps of all programs together, in segments: some 200 MB. */
export const SOURCE_MAP_ROOM = 3_000_000;

/** The parts of a source map that places need, bounded. Throws where there is no such map, or it is too large. */
export function readSourceMap(json: string): { input: EncodedSourceMap; size: number } {
  // Some servers put this in front of JSON.
  const found = JSON.parse(json.replace(/^\uFEFF/, '').replace(/^\)\]\}'[^\n]*\n/, '')) as Partial<
    Record<string, unknown>
  > | null;
  const { sources, mappings, sourceRoot } = found ?? {};
  if (!Array.isArray(sources) || typeof mappings !== 'string') {
    throw new Error('it is not a source map');
  }
  const root = typeof sourceRoot === 'string' ? sourceRoot : '';
  const size = sizeOf(mappings);
  if (sources.length > MAX_SOURCES || root.length > MAX_NAME || size > SOURCE_MAP_ROOM) {
    throw new Error('it is too large');
  }
  const names = sources.map((name: unknown) =>
    typeof name === 'string' && name.length <= MAX_NAME ? name : null,
  );
  return { input: { version: 3, names: [], sources: names, mappings, sourceRoot: root }, size };
}

/** Room that a map takes when it is decoded, in segments. A line of mappings takes as much as three of them. */
function sizeOf(mappings: string): number {
  let size = 1;
  for (let at = 0; at < mappings.length; at++) {
    const letter = mappings.charCodeAt(at);
    if (letter === COMMA) size++;
    else if (letter === SEMICOLON) size += 3;
  }
  return size;
}

const COMMA = 0x2c;
const SEMICOLON = 0x3b;
const MAX_SOURCES = 20_000;
/** A source with a longer name is not known. */
const MAX_NAME = 1000;
