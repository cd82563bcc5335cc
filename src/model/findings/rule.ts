import type { FindingKind, Task } from '../../protocol/snapshot.js';
import type { Poll, WireEntry, WireFrame } from '../../protocol/wire.js';
import type { EndingFrame } from '../ending.js';
import type { ScriptCode } from '../scriptCode.js';
import type { AwaitGraph } from '../tasks/awaitGraph.js';

/**
 * What to look for in a program, and how to say it. A rule tells nothing before it is sure; it looks again whenever it is
 * called. It keeps what it has to from poll to poll, so that none of its calls looks at all tasks.
 */
export interface Rule {
  /** The entries of a poll are known, and those that it ends are still there. */
  observe?(poll: Poll): void;
  /** The poll is taken in, and what it has ended is gone. */
  look?(nowMs: number): void;
  /** The text of some script is there: what was left open by it can be decided. */
  textRead?(): void;
  /** People ask why the program still runs. */
  tellWhyAlive?(): void;
  /** The program has told its end; all that it left is still there. */
  atEnd?(ending: EndingFrame, nowMs: number): void;
}

/** What rules are made with, for each conversation anew. */
export interface RuleContext {
  readonly graph: AwaitGraph;
  readonly cases: CaseList;
  readonly settings: FindingSettings;
  /** The agent came after the program had started: what is older is not known. */
  readonly isLate: boolean;
  readonly task: (entry: WireEntry) => Task;
  /** The code of a script as it runs; `undefined` while it is not known, or if it cannot be read. */
  readonly code: (url: string) => ScriptCode | undefined;
  /** Of a stretch of the debuggee's time, when neither a block nor the debugger held the loop. */
  readonly freeMs: (fromMs: number, toMs: number) => number;
}

export interface FindingSettings {
  /** A task that awaits one thing for longer is told. 0: none is. */
  slowAfterMs: number;
}

/** Where rules tell what they have found. */
export interface CaseList {
  /** Tells of a case, or how it is now. */
  report(found: Case): void;
  /** It is so no longer, but was. */
  over(kind: FindingKind, id: CaseId): void;
  /** It has turned out not to be so. */
  withdraw(kind: FindingKind, id: CaseId): void;
}

export type CaseId = number | string;

/** One thing that is true of the program. */
export interface Case {
  kind: FindingKind;
  /** The same from its beginning to its end, and another than that of each other case of its kind. */
  id: CaseId;
  /** Cases of one kind with the same key are one finding; absent: those of the same line. */
  key?: string;
  /** Where to look for it, in the code that runs. */
  frame?: WireFrame | undefined;
  /** It is so now, and not only happened. */
  ongoing: boolean;
  /** A sentence without its full stop, for this case alone, and for so many of them of which this is the last. */
  one: string;
  many(count: number): string;
  advice: string;
  evidence?: CaseEvidence[];
  /** Ids of the entries that it tells of. */
  entries?: number[];
}

export interface CaseEvidence {
  text: string;
  frame?: WireFrame | undefined;
  entry?: number | undefined;
}
