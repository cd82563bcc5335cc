let key: symbol | undefined;

/** The object of Node's library that a handle of libuv belongs to: a ChildProcess, a Gzip, a FSWatcher. */
export function ownerOf(handle: object): Record<string, unknown> | undefined {
  key ??= Object.getOwnPropertySymbols(handle).find(({ description }) => description === 'owner_symbol');
  return key && (handle as Record<symbol, Record<string, unknown> | undefined>)[key];
}
