import vm from 'node:vm';

/** Any function: `captureStackTrace` leaves it out of the stack, and what it called. */
export type Above = (...parameters: never[]) => unknown;

type CaptureStackTrace = (holder: Holder, above: Above) => void;

/** Where the call sites are left by `prepareStackTrace`; one object for all captures would be formatted once. */
export interface Holder {
  stack?: NodeJS.CallSite[];
}

/** What the program may have set; saved and put back, never called. */
interface ErrorSettings {
  prepareStackTrace?: unknown;
  stackTraceLimit: number;
  captureStackTrace: CaptureStackTrace;
}

const keepCallSites = (_error: Error, callSites: NodeJS.CallSite[]): NodeJS.CallSite[] => callSites;

let errors: ErrorSettings = Error;
let savedLimit = 0;
let savedPrepare: unknown;

/**
 * Leaves the call sites above a function, top first, in a `Holder`. V8 translates each function between that one and
 * this, which takes longer than all the rest: hooks call it themselves, between `openCapture` and `closeCapture`.
 */
export let captureStackTrace: CaptureStackTrace = Error.captureStackTrace.bind(Error);

/** Prepares for one capture of at most `limit` call sites; `closeCapture` must follow. */
export function openCapture(limit: number): void {
  savedLimit = errors.stackTraceLimit;
  savedPrepare = errors.prepareStackTrace;
  try {
    errors.stackTraceLimit = limit;
    errors.prepareStackTrace = keepCallSites;
  } catch {
    usePrivateError();
    openCapture(limit);
  }
}

/** Gives the call sites that were captured. What the program made of `Error` is put back as it was. */
export function closeCapture(holder: Holder): NodeJS.CallSite[] {
  const callSites = holder.stack;
  errors.stackTraceLimit = savedLimit;
  errors.prepareStackTrace = savedPrepare;
  return Array.isArray(callSites) ? callSites : [];
}

/** The call sites above `above`, top first, at most `limit`. */
export function captureStack(above: Above, limit: number): NodeJS.CallSite[] {
  openCapture(limit);
  const holder: Holder = {};
  captureStackTrace(holder, above);
  return closeCapture(holder);
}

/** Where the program has frozen its own. */
function usePrivateError(): void {
  errors = vm.runInNewContext('Error') as ErrorSettings;
  captureStackTrace = errors.captureStackTrace.bind(errors);
}
