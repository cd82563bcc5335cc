import type { DisposableStore } from '../base/disposable.js';
import type { CdpClient } from '../cdp/client.js';
import { debuggerFrames } from './debuggerFrames.js';
import type { SessionState } from './sessionState.js';

/** How the debugger stops the program and lets it go on. */
export class DebuggerStops {
  /** How often it has done either; now, and when the last poll was asked for. */
  count = 0;
  known = 0;
  /** It has told us of a stop itself. */
  private isToldOf = false;
  private whenPaused: (() => void) | undefined;

  constructor(private readonly state: SessionState) {}

  /** `onStop` is called when the program has stopped, `onChange` after each stop and each going on. */
  listen(client: CdpClient, owned: DisposableStore, onStop: () => void, onChange: () => void): void {
    const { state } = this;
    const { debuggee, clock } = state;
    owned.add(
      client.on('Debugger.paused', (event) => {
        debuggee.paused(clock.nowMs(), debuggerFrames(event));
        this.changed();
        onStop();
        this.whenPaused?.();
        state.fire();
        onChange();
      }),
    );
    owned.add(
      client.on('Debugger.resumed', () => {
        debuggee.resumed(clock.nowMs());
        this.changed();
        state.fire();
        onChange();
      }),
    );
  }

  /** The program has stopped or gone on since it was asked. */
  get isNews(): boolean {
    return this.known !== this.count;
  }

  /** The program may have been stopped before we were connected, and go on before the debugger tells us of anything. */
  look(): void {
    const { state } = this;
    const { isPaused } = state.options;
    if (isPaused === undefined || this.isToldOf || !state.isPolling()) return;
    const nowMs = state.clock.nowMs();
    if (isPaused()) state.debuggee.paused(nowMs);
    else state.debuggee.resumed(nowMs);
    state.fire();
  }

  /** Resolves when the program stops next. */
  nextPause(): Promise<void> {
    return new Promise((resolve) => (this.whenPaused = resolve));
  }

  private changed(): void {
    this.isToldOf = true;
    this.count++;
  }
}
