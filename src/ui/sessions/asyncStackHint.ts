import { asyncStackTimes } from '../../model/presenter/index.js';
import type { ProcessSnapshot } from '../../protocol/snapshot.js';

/** What is remembered between runs of VS Code. */
interface Memory {
  get(key: string): unknown;
  update(key: string, value: unknown): unknown;
}

export interface AsyncStackHintSources {
  /** The JavaScript debugger records async stacks of this session from its start, and nobody has asked for that. */
  areOnByDefault(session: string): boolean;
  /** There is something to stop at, for which they would be recorded all the same. */
  hasBreakpoints(): boolean;
  /** The same for all processes of one press of F5. */
  run(session: string): string | undefined;
  /** Microseconds for a stack on this machine. */
  captureUs(): number;
  workspaceState: Memory;
  globalState: Memory;
}

const SHOWN = 'asyncDebugger.asyncStackHint.shown';
const DISMISSED = 'asyncDebugger.asyncStackHint.dismissed';

/**
 * When to say that the debugger's async stacks slow a program much: where something can be done about it, in one run of
 * a workspace, and never again once it was dismissed.
 */
export class AsyncStackHint {
  private shownInRun: string | undefined;

  constructor(private readonly from: AsyncStackHintSources) {}

  /** How many times as long the program takes; `undefined` where nothing is to be said. */
  times({ session, state, loop }: ProcessSnapshot): number | undefined {
    const { from } = this;
    if (state !== 'running') return undefined;
    if (from.globalState.get(DISMISSED) === true) return undefined;
    if (from.workspaceState.get(SHOWN) === true && from.run(session) !== this.shownInRun) return undefined;
    const times = asyncStackTimes(loop, from.captureUs());
    return times === undefined || from.hasBreakpoints() || !from.areOnByDefault(session) ? undefined : times;
  }

  /** Somebody looks at it: it stays for this run. */
  shown({ session }: ProcessSnapshot): void {
    this.shownInRun = this.from.run(session);
    void this.from.workspaceState.update(SHOWN, true);
  }

  dismiss(): void {
    void this.from.globalState.update(DISMISSED, true);
  }
}
