import type * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable.js';
import type { Clock } from '../../base/clock.js';
import { type SentThread, sentThread } from '../../recording/timelineMessages.js';
import type { RecordedPrograms } from './recordedPrograms.js';
import { post } from './timelinePage.js';

/** What a page has got of a program. */
interface Told {
  generation: number;
  events: number;
  places: number;
}

/** Keeps a page up to date with the programs that run. */
export class LivePage implements Disposable {
  private readonly store = new DisposableStore();
  private readonly told = new Map<string, Told>();

  constructor(
    private readonly webview: vscode.Webview,
    private readonly programs: RecordedPrograms,
    private readonly clock: Clock,
  ) {
    this.store.add(programs.onDidChange(() => this.update()));
    this.store.add(programs.look());
    this.update();
  }

  dispose(): void {
    this.store.dispose();
  }

  private update(): void {
    const nowMs = this.clock.nowMs();
    const threads: SentThread[] = [];
    const all = this.programs.all;
    for (const program of all) {
      const generation = program.recordingGeneration;
      const recording = generation === undefined ? undefined : program.recording(nowMs);
      if (generation === undefined || recording === undefined) continue;
      let told = this.told.get(program.id);
      if (told === undefined || told.generation !== generation)
        this.told.set(program.id, (told = { generation, events: 0, places: 0 }));
      threads.push(sentThread(recording, generation, told.events, told.places));
      told.events = recording.log.length;
      // a place may be resolved better once its source map is there: the last ones are sent again
      told.places = Math.max(0, recording.places.length - RESENT_PLACES);
    }
    const living = all.filter((program) => !program.isClosed);
    const isPaused = living.some((program) => program.snapshot(nowMs).state === 'paused');
    const state = living.length === 0 ? 'still' : isPaused ? 'paused' : 'live';
    void post(this.webview, { type: 'threads', threads, state, nowMs });
  }
}

const RESENT_PLACES = 50;
