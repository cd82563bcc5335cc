/** What a suite of tests came to. A skipped test counts as failed, for nobody would notice it. */
export interface Counts {
  passed: number;
  /** What failed, each with its full title and why. */
  failures: string[];
}
