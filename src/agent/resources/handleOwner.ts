/** What Node takes for the async resource of a connection that its HTTP agent uses once more: the handle stays the same. */
export function reusedHandle(type: string, resource: object): object | null {
  if (!isConnection(type)) return null;
  const { handle } = resource as { handle?: unknown };
  return typeof handle === 'object' ? handle : null;
}

/** Of a handle that Node can use once more. */
export function isConnection(type: string): boolean {
  return type === 'TCPWRAP' || type === 'TLSWRAP' || type === 'PIPEWRAP';
}

let key: symbol | undefined;

/** The object of Node's library that a handle of libuv belongs to: a ChildProcess, a Gzip, a FSWatcher. */
export function ownerOf(handle: object): Record<string, unknown> | undefined {
  key ??= Object.getOwnPropertySymbols(handle).find(({ description }) => description === 'owner_symbol');
  return key && (handle as Record<symbol, Record<string, unknown> | undefined>)[key];
}
