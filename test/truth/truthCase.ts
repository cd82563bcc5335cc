/** A small program, and what is true of it. */
export interface TruthCase {
  /** File name of the program; its ending decides how Node loads it. */
  file: string;
  source: string;
  /** Options for node itself. */
  options?: readonly string[];
  /** The oldest major version of Node that can run it. */
  since?: number;
  /** How it ends by itself; a program that stays has none, and prints `ready` when it has come to rest. */
  exit?: { code: number };
  /**
   * What the report of `run` must hold, one pattern for each line that must be there. Lines that match none of these
   * and none of `mayTell` are false. Empty: nothing may be said at all. Absent: `run` is not asked.
   */
  told?: readonly RegExp[];
  /** True as well, but not owed. */
  mayTell?: readonly RegExp[];
  /** Of a program that stays: the same for the rows of `pstree` while it stays. */
  tree?: readonly RegExp[];
  mayShow?: readonly RegExp[];
}

/** Heads the rows of each process. */
export const processRow = (file: string): RegExp => new RegExp(`^${file.replace(/\./g, '\\.')}\\b`);
