import * as vscode from 'vscode';
import type { DisposableStore } from '../base/disposable.js';
import type { Event } from '../base/emitter.js';
import type { Snapshot, Warning } from '../protocol/snapshot.js';

/** What other extensions get from `activate`. It changes only by addition. */
export interface AsyncDebuggerApi {
  readonly version: 1;
  /** Asks every program for its present state first; one that does not answer is given as it was last known. */
  snapshot(): Promise<Snapshot>;
  /** Fires when a warning starts to be reported and again when it ends (same `id`). */
  readonly onDidWarn: vscode.Event<Warning & { session: string }>;
}

/** Where the API takes its data from. */
export interface ApiSource {
  refresh(): Promise<void>;
  take(): { all: Snapshot };
  readonly onDidWarn: Event<Warning & { session: string }>;
}

export function createApi(source: ApiSource, parts: DisposableStore): AsyncDebuggerApi {
  const warned = parts.add(new vscode.EventEmitter<Warning & { session: string }>());
  parts.add(source.onDidWarn((warning) => warned.fire(warning)));
  return {
    version: 1,
    async snapshot() {
      await source.refresh();
      // what is taken grows older; what is given away stays as it is
      return structuredClone(source.take().all);
    },
    onDidWarn: warned.event,
  };
}
