import type { Observation } from './observe.js';
import type { TruthCase } from './truthCase.js';

/** What is wrong with what was told. */
export interface Verdict {
  /** Lines that are not true of the program. */
  untrue: string[];
  /** What is true and was owed, and was not told. */
  missing: string[];
}

/** What `run` told of a program, against what is true of it. */
export function judgeRun(truth: TruthCase, { lines, code, signal, last }: Observation): Verdict {
  const verdict = compare(lines, truth.told ?? [], truth.mayTell ?? []);
  if (truth.exit && code !== truth.exit.code)
    verdict.untrue.push(`exit code ${String(code)}, signal ${String(signal)}; true is ${truth.exit.code}`);
  const [main] = last?.processes ?? [];
  if (!main) verdict.missing.push('a last snapshot in --out');
  else if (main.pid === 0) verdict.missing.push('a last snapshot in --out that knows the process');
  return verdict;
}

/** The rows of `pstree` of a program that stays, against what is true of it. */
export function judgeTree(truth: TruthCase, lines: readonly string[]): Verdict {
  return compare(lines, truth.tree ?? [], truth.mayShow ?? []);
}

export function isTrue({ untrue, missing }: Verdict): boolean {
  return untrue.length + missing.length === 0;
}

export function describeVerdict({ untrue, missing }: Verdict): string {
  return [...untrue.map((line) => `untrue: ${line}`), ...missing.map((what) => `missing: ${what}`)].join(
    '\n',
  );
}

function compare(lines: readonly string[], owed: readonly RegExp[], allowed: readonly RegExp[]): Verdict {
  const matches = (line: string) => (pattern: RegExp) => pattern.test(line);
  return {
    untrue: lines.filter((line) => ![...owed, ...allowed].some(matches(line))),
    missing: owed.filter((pattern) => !lines.some((line) => pattern.test(line))).map(String),
  };
}
