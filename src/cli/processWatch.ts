import { t } from '../base/texts.js';
import type { Finding, ProcessSnapshot, TimedWarning } from '../protocol/snapshot.js';
import { isOwn } from '../model/codeOrigin.js';
import { counted } from '../model/numbers.js';
import type { Paragraph, ProgramEnd } from './endReport.js';
import { endReport } from './endReport.js';
import type { InspectedProgram } from './inspectedProgram.js';
import { RecordedProgram } from './recordedProgram.js';
import { findingParagraph } from './runFindings.js';
import { warningText } from './warningText.js';

/** Where it is told what is seen of a process. */
export interface Telling {
  /** One sentence, and the tree that it leads to. */
  tell(paragraph: Paragraph, process: ProcessWatch): void;
  /** A warning that has begun or ended. */
  onWarning(warning: TimedWarning | Finding): void;
}

/** What is seen of one process, and told of it. */
export class ProcessWatch {
  /** What it was at its end. */
  private last: ProcessSnapshot[] | undefined;
  private wasBlocked = false;
  private readonly open = new Map<string, NodeJS.Timeout>();
  private told: Promise<void> = Promise.resolve();
  /** Warnings that wait to be told, and those that were too many to wait. */
  private waiting = 0;
  private untold = 0;
  private recorded: RecordedProgram | undefined;

  constructor(
    readonly program: InspectedProgram,
    private readonly telling: Telling,
    /** What is not of people's own code is not told to them. */
    private readonly ownCodeOnly: boolean,
  ) {
    program.onDidWarn((warning) => this.warned(warning));
    program.onDidFind((finding) => this.found(finding));
  }

  get processes(): ProcessSnapshot[] {
    return this.last ?? this.program.snapshot().processes;
  }

  get hasEnded(): boolean {
    return this.last !== undefined;
  }

  /** From now on what its tasks do is recorded. */
  record(): void {
    this.recorded = new RecordedProgram(this.program);
  }

  /** The connection has ended, and with it what can be seen: resolves when all warnings are told. */
  async end(): Promise<void> {
    if (this.last) return;
    this.recorded?.dispose();
    this.program.dispose();
    const last = this.program.snapshot().processes;
    this.wasBlocked = last[0]?.blocked !== undefined;
    this.last = last.map(ended);
    await this.told;
    for (const timer of this.open.values()) clearTimeout(timer);
    if (this.untold > 0)
      this.telling.tell(
        { text: t('{0} came too fast to be told.', counted(this.untold, 'more warning')) },
        this,
      );
  }

  /** What is to be told of its end. Files are shown from the folder `cwd`. */
  report(end: Omit<ProgramEnd, 'wasBlocked'>, cwd: string): Paragraph[] {
    const snapshot = { version: 1, takenAt: '', processes: this.processes } as const;
    return endReport(snapshot, { ...end, wasBlocked: this.wasBlocked }, cwd);
  }

  /** Warnings are told one after the other, each when its source maps have arrived. */
  private warned(warning: TimedWarning): void {
    this.inTurn(async () => {
      const resolved = await this.program.resolved(warning);
      this.telling.onWarning(resolved);
      clearTimeout(this.open.get(warning.id));
      this.open.delete(warning.id);
      if (warning.ongoing) this.tellIfItLasts(resolved);
      else this.tell(resolved);
    });
  }

  /** Findings are told in their turn among the warnings; what is only known at the end is told there. */
  private found(finding: Finding): void {
    this.inTurn(async () => {
      const resolved = await this.program.resolvedFinding(finding);
      if (!resolved) return;
      this.telling.onWarning(resolved);
      if (resolved.kind === 'pendingAtExit') return;
      if (this.ownCodeOnly && !isOwn(resolved.site?.file ?? '')) return;
      this.telling.tell(findingParagraph(resolved, process.cwd()), this);
    });
  }

  private inTurn(tell: () => Promise<void>): void {
    if (this.waiting >= MAX_WAITING) {
      this.untold++;
      return;
    }
    this.waiting++;
    this.told = this.told.then(() => {
      this.waiting--;
      return tell();
    });
  }

  private tell(warning: TimedWarning): void {
    if (this.ownCodeOnly && !isOwn(warning.site?.file ?? '')) return;
    this.telling.tell({ text: warningText(warning, process.cwd()) }, this);
  }

  /** A program that is stuck must be told of before its block has ended, which may be never. */
  private tellIfItLasts(warning: TimedWarning): void {
    const timer = setTimeout(() => {
      const current = this.program.warning(warning.id);
      if (current) this.tell(current);
    }, LASTING_MS);
    this.open.set(warning.id, timer.unref());
  }
}

/** The last snapshot was taken when the program was about to end. */
function ended(process: ProcessSnapshot): ProcessSnapshot {
  if (process.state === 'unavailable') return process;
  const over: ProcessSnapshot = { ...process, state: 'ended' };
  delete over.blocked;
  return over;
}

/** A block that lasts longer is told of while it goes on. */
const LASTING_MS = 1000;
const MAX_WAITING = 100;
