import vm from 'node:vm';

type RawCapture = (above: Function, limit: number) => NodeJS.CallSite[];

const captureStackTrace = Error.captureStackTrace;
const keepCallSites = (_error: Error, callSites: NodeJS.CallSite[]): NodeJS.CallSite[] => callSites;

/** Where the call sites are left by `prepareStackTrace`; one object for all captures would be formatted once. */
interface Holder {
  stack?: NodeJS.CallSite[];
}

let capture: RawCapture = captureHere;

/**
 * The call sites above `above`, top first, at most `limit`. What the program made of `Error` is put back as
 * it was and never called; where `Error` is frozen, the `Error` of a private context is used.
 */
export function captureStack(above: Function, limit: number): NodeJS.CallSite[] {
  try {
    return capture(above, limit);
  } catch {
    capture = privateCapture();
    return capture(above, limit);
  }
}

function captureHere(above: Function, limit: number): NodeJS.CallSite[] {
  const savedLimit = Error.stackTraceLimit;
  const savedPrepare = Error.prepareStackTrace;
  Error.stackTraceLimit = limit;
  Error.prepareStackTrace = keepCallSites;
  const holder: Holder = {};
  captureStackTrace(holder, above);
  const callSites = holder.stack;
  Error.stackTraceLimit = savedLimit;
  Error.prepareStackTrace = savedPrepare as typeof Error.prepareStackTrace;
  return Array.isArray(callSites) ? callSites : [];
}

function privateCapture(): RawCapture {
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
  ) as RawCapture;
}
