import { kindFile, kindOf, linesOf } from './kinds.js';
import type { Observation } from './observe.js';
import type { Line, Reported, Truth } from './truth.js';

/** What was reported of one block, held against the truth. */
export interface Verdict {
  truth: Truth;
  /** `undefined`: nothing was. */
  reported?: Reported;
  /** The very line; or, of a native call that is the last thing in its function, that function. */
  line: 'line' | 'function' | 'wrong';
  isDurationRight: boolean;
  isCauseRight: boolean;
  isNamed: boolean;
}

export interface Judged {
  verdicts: Verdict[];
  /** Reported, and no such block was there; a block may be reported twice. */
  untrue: Reported[];
}

const COLLECTION = 'garbage collection';
/** A duration is right within so many milliseconds, or this share of it. */
const RIGHT_MS = 5;
const RIGHT_SHARE = 0.05;
/** The two clocks begin when one file and the next are loaded. */
const CLOCKS_MS = 30;
/** Above and below these shares it is clear whether the collector's time was most of it. */
const MOSTLY = 0.6;
const HARDLY = 0.4;

/** Holds reports against the truth, by the time at which they say that it happened. */
export function judge({ truths, reported }: Observation): Judged {
  const left = new Set(reported);
  const verdicts = truths.map((truth) => {
    const found = [...left].find((report) => isSame(truth, report));
    if (found) left.delete(found);
    return verdictOf(truth, found);
  });
  const isTold = (report: Reported): boolean => truths.some((truth) => isSame(truth, report));
  return { verdicts, untrue: [...left].filter((report) => !isTold(report)) };
}

function verdictOf(truth: Truth, reported: Reported | undefined): Verdict {
  if (reported === undefined)
    return { truth, line: 'wrong', isDurationRight: false, isCauseRight: false, isNamed: false };
  const { says } = kindOf(truth.kind);
  const isCauseRight = causesOf(truth).includes(reported.cause ?? '');
  const isCollection = isCauseRight && reported.cause === COLLECTION;
  const offMs = Math.abs(reported.durationMs - truth.durationMs);
  return {
    truth,
    reported,
    line: lineOf(truth, reported.site ? [reported.site] : reported.stack),
    isDurationRight: offMs <= Math.max(RIGHT_MS, truth.durationMs * RIGHT_SHARE),
    isCauseRight,
    isNamed: says === undefined || isCollection || says.test(reported.message ?? ''),
  };
}

/** Most of the shorter one lies within the other. */
function isSame(truth: Truth, report: Reported): boolean {
  if (report.pid !== truth.pid || report.threadId !== truth.threadId) return false;
  const fromMs = Math.max(truth.startMs - CLOCKS_MS, report.startMs);
  const endMs = report.endMs ?? report.startMs + report.durationMs;
  const toMs = Math.min(truth.startMs + truth.durationMs + CLOCKS_MS, endMs);
  return toMs - fromMs > Math.min(truth.durationMs, report.durationMs) / 2;
}

function lineOf({ kind, isLast }: Truth, named: readonly Line[]): Verdict['line'] {
  const { blocking, functions } = linesOf(kind);
  const isAt = (lines: readonly number[]): boolean =>
    named.some(({ file, line }) => file === kindFile(kind) && lines.includes(line));
  if (isAt(blocking)) return 'line';
  return isLast && kindOf(kind).isNative && isAt(functions) ? 'function' : 'wrong';
}

/** What collects garbage for most of its time blocks by that, whatever it is. */
function causesOf({ kind, gcMs, durationMs }: Truth): readonly string[] {
  const { causes } = kindOf(kind);
  const share = gcMs / durationMs;
  const isAboutGarbage = kind === 'garbage';
  if (share < HARDLY) return causes;
  return isAboutGarbage && share > MOSTLY ? [COLLECTION] : [...causes, COLLECTION];
}
