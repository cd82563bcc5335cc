import vm from 'node:vm';

/** Any function: `captureStackTrace` leaves it out of the stack, and what it called. */
export type Above = (...parameters: never[]) => unknown;

const captureStackTrace: (target: object, above: Above) => void = Error.captureStackTrace.bind(Error);
const keepCallSites = (_error: Error, callSites: NodeJS.CallSite[]): NodeJS.CallSite[] => callSites;

/** What the program may have set; saved and put back, never called. */
interface ErrorSettings {
  prepareStackTrace?: unknown;
}

/** Where the call sites are left by `prepareStackTrace`; one object for all captures would be formatted once. */
interface Holder {
  stack?: NodeJS.CallSite[];
}

let privateCapture: typeof captureStack | null = null;

/**
 * The call sites above `above`, top first, at most `limit`. What the program made of `Error` is put back as
 * it was and never called; where `Error` is frozen, the `Error` of a private context is used.
 *
 * V8 walks over the functions between the hook and this one as well: the fewer they are, the less it takes.
 */
export function captureStack(above: Above, limit: number): NodeJS.CallSite[] {
  if (privateCapture !== null) return privateCapture(above, limit);
  try {
    const savedLimit = Error.stackTraceLimit;
    const errors: ErrorSettings = Error;
    const savedPrepare = errors.prepareStackTrace;
    Error.stackTraceLimit = limit;
    errors.prepareStackTrace = keepCallSites;
    const holder: Holder = {};
    captureStackTrace(holder, above);
    const callSites = holder.stack;
    Error.stackTraceLimit = savedLimit;
    errors.prepareStackTrace = savedPrepare;
    return Array.isArray(callSites) ? callSites : [];
  } catch {
    privateCapture = captureInPrivate();
    return privateCapture(above, limit);
  }
}

function captureInPrivate(): typeof captureStack {
  return vm.runInNewContext(
    `(() => {
      const NativeError = Error;
      const captureStackTrace = NativeError.captureStackTrace;
      NativeError.prepareStackTrace = (error, callSites) => callSites;
      return (above, limit) => {
        NativeError.stackTraceLimit = limit;
        const holder = {};
        captureStackTrace(holder, above);
        return holder.stack ?? [];
      };
    })()`,
  ) as typeof captureStack;
}
