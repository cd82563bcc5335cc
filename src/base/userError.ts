/** An error whose message is text for people: what happened and what to do next. */
export class UserError extends Error {
  override readonly name = 'UserError';
}
