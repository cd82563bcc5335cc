import type { InspectedProgram } from './inspectedProgram.js';

/** Takes what a program's flight recorder tells, as long as it runs. */
export class RecordedProgram {
  private readonly timer: NodeJS.Timeout;
  private asking: Promise<void> = Promise.resolve();

  constructor(private readonly program: InspectedProgram) {
    this.timer = setInterval(() => void this.take(), TAKE_MS);
  }

  /** What there is until now; one question at a time. */
  take(): Promise<void> {
    return (this.asking = this.asking.then(() => this.program.takeRecordings()));
  }

  dispose(): void {
    clearInterval(this.timer);
  }
}

/** A program that makes 50,000 events a second fills a tenth of the recorder meanwhile. */
const TAKE_MS = 250;
