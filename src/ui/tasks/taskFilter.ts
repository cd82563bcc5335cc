import type { Disposable } from '../../base/disposable.js';
import { Emitter, type Event } from '../../base/emitter.js';
import type { Logger } from '../../base/logger.js';
import type { ContextKeys } from '../workbench/contextKeys.js';

/** The text that tasks must contain to be shown; empty: all are. It lives as long as the window. */
export class TaskFilter implements Disposable {
  private readonly changed: Emitter<void>;
  private current = '';

  constructor(
    private readonly contextKeys: ContextKeys,
    logger: Logger,
  ) {
    this.changed = new Emitter((error) => logger.error('A listener to the filter failed.', error));
  }

  get value(): string {
    return this.current;
  }

  set value(text: string) {
    if (text === this.current) return;
    this.current = text;
    this.contextKeys.set('asyncDebugger.filtered', text !== '');
    this.changed.fire();
  }

  get onDidChange(): Event<void> {
    return this.changed.event;
  }

  dispose(): void {
    this.changed.dispose();
  }
}
