import type { Disposable } from '../../base/disposable.js';
import { Emitter, type Event } from '../../base/emitter.js';
import type { Logger } from '../../base/logger.js';
import { isBlocking, type Snapshot } from '../../protocol/snapshot.js';
import type { ContextKeys } from '../workbench/contextKeys.js';
import type { SettingValues } from '../settings/settingsTable.js';

/** What it looks at and what it does. */
export interface BreakOnBlockingParts {
  live: { readonly live: Snapshot; readonly onDidChange: Event<void> };
  settings: { readonly value: Pick<SettingValues, 'blocking.breakAfterMs'> };
  contextKeys: Pick<ContextKeys, 'set'>;
  pause(session: string): Promise<void>;
}

/** Pauses a program in what blocks it for too long, once for each block. Off until it is switched on, in each window. */
export class BreakOnBlocking implements Disposable {
  private readonly changed: Emitter<void>;
  private readonly subscription: Disposable;
  private on = false;
  /** By session: the last block that was broken into. */
  private readonly broken = new Map<string, number>();

  constructor(
    private readonly parts: BreakOnBlockingParts,
    private readonly logger: Logger,
  ) {
    this.changed = new Emitter((error) => logger.error('A view could not be updated.', error));
    this.subscription = parts.live.onDidChange(() => this.look());
  }

  get isOn(): boolean {
    return this.on;
  }

  set isOn(on: boolean) {
    if (on === this.on) return;
    this.on = on;
    this.parts.contextKeys.set('asyncDebugger.breaksOnBlocking', on);
    this.changed.fire();
    this.look();
  }

  get onDidChange(): Event<void> {
    return this.changed.event;
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }

  private look(): void {
    const { live, settings } = this.parts;
    const { processes } = live.live;
    for (const session of this.broken.keys())
      if (!processes.some((process) => process.session === session)) this.broken.delete(session);
    if (!this.on) return;
    for (const { session, state, warnings } of processes) {
      if (state !== 'blocked') continue;
      const block = warnings.filter(isBlocking).find(({ ongoing }) => ongoing)?.episodes?.[0];
      if (block === undefined || block.durationMs < settings.value['blocking.breakAfterMs']) continue;
      if (this.broken.get(session) === block.seq) continue;
      this.broken.set(session, block.seq);
      this.parts
        .pause(session)
        .catch((error: unknown) => this.logger.debug(`Break on Blocking: ${String(error)}`));
    }
  }
}
