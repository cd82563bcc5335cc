import { closeSync, openSync, writeSync } from 'node:fs';
import type { Disposable } from '../base/disposable.js';
import type { Snapshot, Warning } from '../protocol/snapshot.js';
import { OptionError } from './arguments.js';

export type OutputRecord =
  | { event: 'warning'; warning: Warning }
  | { event: 'snapshot'; snapshot: Snapshot }
  | { event: 'exit'; code: number | null; signal: string | null };

/** The file of --out: one JSON object a line. A file that cannot be written any more is given up with one message. */
export class OutputFile implements Disposable {
  private descriptor: number | undefined;

  /** Throws an OptionError when the file cannot be opened. */
  constructor(
    private readonly path: string,
    private readonly onProblem: (message: string) => void,
  ) {
    try {
      this.descriptor = openSync(path, 'w');
    } catch (error) {
      throw new OptionError(
        `--out: ${path} cannot be written (${(error as Error).message}). Give another file.`,
      );
    }
  }

  write(record: OutputRecord): void {
    if (this.descriptor === undefined) return;
    try {
      const bytes = Buffer.from(`${JSON.stringify(record)}\n`);
      for (let done = 0; done < bytes.length;) done += writeSync(this.descriptor, bytes, done);
    } catch (error) {
      this.onProblem(
        `--out: writing to ${this.path} failed (${(error as Error).message}). Nothing more is written to it; the program goes on.`,
      );
      this.dispose();
    }
  }

  dispose(): void {
    if (this.descriptor === undefined) return;
    const descriptor = this.descriptor;
    this.descriptor = undefined;
    try {
      closeSync(descriptor);
    } catch (error) {
      this.onProblem(`--out: ${this.path} may be incomplete (${(error as Error).message}).`);
    }
  }
}
