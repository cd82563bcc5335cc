import { homedir } from 'node:os';
import type { Clock } from '../../base/clock.js';
import type { Folders } from '../../model/presenter/index.js';
import type { Snapshot } from '../../protocol/snapshot.js';
import type { ToolSource } from '../../tools/index.js';
import { pause } from '../../base/timeLimit.js';
import { workspaceFolders } from '../workbench/workspaceFolders.js';

/** Where the snapshots of the debugged programs come from. */
interface Snapshots {
  refresh(): Promise<void>;
  take(): { all: Snapshot };
}

/** The debugged programs, for the tools of language models. */
export class DebuggedPrograms implements ToolSource {
  kept?: Snapshot;

  constructor(
    private readonly sessions: Snapshots,
    private readonly clock: Clock,
  ) {}

  get folders(): Folders {
    return { workspace: workspaceFolders(), home: homedir() };
  }

  async snapshot(): Promise<Snapshot> {
    await this.sessions.refresh();
    return this.sessions.take().all;
  }

  pause(durationMs: number): Promise<void> {
    return pause(durationMs, this.clock);
  }
}
