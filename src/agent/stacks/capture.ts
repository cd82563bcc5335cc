/** Any function: `captureStackTrace` leaves it out of the stack, and what it called. */
export type Above = (...parameters: never[]) => unknown;

type CaptureStackTrace = (holder: Capture['holder'], above: Above) => void;

/**
 * One capture. It remembers what it has changed: a debugger's question may come at
 * any call of a function, and may capture a stack itself.
 */
export interface Capture {
  readonly limit: number;
  readonly prepare: unknown;
  /** V8 adds properties to it, for which a plain empty object has room. */
  readonly holder: { stack?: NodeJS.CallSite[] };
}

/** Of the agent's own realm: none of the program's errors is written with them. */
interface ErrorSettings {
  prepareStackTrace?: unknown;
  stackTraceLimit: number;
  captureStackTrace: CaptureStackTrace;
}

const keepCallSites = (_error: Error, callSites: NodeJS.CallSite[]): NodeJS.CallSite[] => callSites;

const errors: ErrorSettings = Error;

/**
 * Leaves the call sites above a function, top first, in the `holder` of a capture. V8 translates each function between that one and
 * this, which takes longer than all the rest: hooks call it themselves, between `openCapture` and `closeCapture`.
 */
export const captureStackTrace: CaptureStackTrace = errors.captureStackTrace.bind(errors);

/** Prepares for at most `limit` call sites; `closeCapture` must follow. */
export function openCapture(limit: number): Capture {
  const capture = { limit: errors.stackTraceLimit, prepare: errors.prepareStackTrace, holder: {} };
  errors.stackTraceLimit = limit;
  errors.prepareStackTrace = keepCallSites;
  return capture;
}

/** Gives the call sites that were captured. */
export function closeCapture(capture: Capture): NodeJS.CallSite[] {
  try {
    const { stack } = capture.holder;
    return Array.isArray(stack) ? stack : [];
  } finally {
    errors.stackTraceLimit = capture.limit;
    errors.prepareStackTrace = capture.prepare;
  }
}

/** The call sites above `above`, top first, at most `limit`. */
export function captureStack(above: Above, limit: number): NodeJS.CallSite[] {
  const capture = openCapture(limit);
  captureStackTrace(capture.holder, above);
  return closeCapture(capture);
}
