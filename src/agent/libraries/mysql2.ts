import { connecting, type LibraryChannel, serverOf, statement } from './libraryChannel.js';
import { sqlStatement } from './sqlStatement.js';

/** From 3.21 on. While a command without a callback is traced the library listens to its errors itself. */
export const mysql2: readonly LibraryChannel[] = [
  ...['mysql2:query', 'mysql2:execute'].map((name): LibraryChannel => ({
    name,
    hidesErrors: true,
    detail: (context) => ({ ...statement(sqlStatement(context['query'], ["'", '"'])), ...serverOf(context) }),
  })),
  { ...connecting('mysql2:connect'), hidesErrors: true },
  { name: 'mysql2:pool:connect', detail: serverOf },
];
