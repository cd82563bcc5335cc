import type { WireDetail } from '../../protocol/wire.js';

/** What a library says of an operation: the object that all messages of one operation have in common. */
export type Context = Readonly<Record<string, unknown>>;

/** One kind of operation, which a library announces through the tracing channel of that name. */
export interface LibraryChannel {
  /** Also the type of its operations. */
  readonly name: string;
  /** The library gives the promise that Node makes for it, and no callback. */
  readonly givesPromise?: boolean;
  /**
   * While anybody listens the library itself handles errors, so that one that the program does not handle goes
   * unnoticed. It is listened to only if that was asked for.
   */
  readonly hidesErrors?: boolean;
  /** Read when the operation is told, never when it begins. No values: they may be secret. */
  detail(context: Context): WireDetail;
}

const MAX_TEXT = 300;

/** Where the server is, as most libraries say it. */
export function serverOf({ serverAddress, serverPort }: Context): WireDetail {
  return {
    ...(typeof serverAddress === 'string' && { host: serverAddress.slice(0, MAX_TEXT) }),
    ...(typeof serverPort === 'number' && { port: serverPort }),
  };
}

/** The text as it is told. */
export function statement(text: string): Pick<WireDetail, 'statement'> {
  return text === '' ? {} : { statement: text.slice(0, MAX_TEXT) };
}

/** A connection that is being made. */
export function connecting(name: string): LibraryChannel {
  return { name, givesPromise: true, detail: serverOf };
}
