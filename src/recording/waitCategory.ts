/** What a task can wait for, as far as the pictures tell it apart. */
export const CATEGORIES = [
  'unknown',
  'task',
  'promise',
  'timer',
  'network',
  'file system',
  'process',
  'other',
] as const;

export type WaitCategory = (typeof CATEGORIES)[number];

/** The sort of wait that an operation is, by its async resource type. */
export function categoryOfType(type: string): WaitCategory {
  if (type === 'Timeout' || type === 'Immediate') return 'timer';
  if (/^(?:FS|FILEHANDLE|STATWATCHER|DIRHANDLE)/.test(type)) return 'file system';
  if (/^(?:PROCESSWRAP|WORKER|MESSAGEPORT|PIPE)/.test(type)) return 'process';
  if (
    /^(?:TCP|UDP|TLS|HTTP|UNDICI|WEBSOCKET|GETADDRINFO|GETNAMEINFO|QUERY|SHUTDOWN|WRITE|JSSTREAM|QUIC)/.test(
      type,
    )
  )
    return 'network';
  return 'other';
}
