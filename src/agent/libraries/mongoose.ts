import { type Context, type LibraryChannel, serverOf, statement } from './libraryChannel.js';

const KINDS = ['query', 'aggregate', 'model:save', 'model:insertMany', 'model:bulkWrite', 'cursor:next'];

/** From 9.7 on. */
export const mongoose: readonly LibraryChannel[] = KINDS.map((kind) => ({
  name: `mongoose:${kind}`,
  givesPromise: true,
  detail: (context) => ({ ...statement(operation(context)), ...serverOf(context) }),
}));

/** `find carts`. */
function operation({ operation: name, collection }: Context): string {
  return [name, collection].filter((word) => typeof word === 'string').join(' ');
}
