import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { silentLogger } from '../../src/base/logger.js';
import type { Transport } from '../../src/cdp/transport.js';
import { connectWebSocket } from '../../src/cdp/webSocketTransport.js';
import { InspectedProgram } from '../../src/cli/inspectedProgram.js';
import {
  isBlocking,
  isTimed,
  type BlockingWarning,
  type ProcessSnapshot,
  type TimedWarning,
} from '../../src/protocol/snapshot.js';
import { systemClock } from '../../src/session/systemClock.js';
import { PROJECT } from '../../scripts/cacheFolder.js';
import type { Reported } from './truth.js';

const CONNECT_LIMIT_MS = 2_000;
const WATCHED_LIMIT_MS = 20_000;
/** What `asyncdebug run` gives. */
const SITE_BUDGET = 0.1;
const RETENTION_MS = 10_000;
/** By then the texts of scripts and their maps are read, and the next block has not begun. */
export const READ_MS = 200;

const { version } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as { version: string };

/** Watches one process and its threads as `asyncdebug run` does. */
export class Watcher {
  private readonly program: InspectedProgram;
  /** By the session and the number of the block's turn. */
  private readonly messages = new Map<string, string>();

  static async connect(url: string, thresholdMs: number): Promise<Watcher> {
    return Watcher.over(await connectWebSocket(url, CONNECT_LIMIT_MS), url, thresholdMs);
  }

  static async over(transport: Transport, session: string, thresholdMs: number): Promise<Watcher> {
    const watcher = new Watcher(transport, session, thresholdMs);
    await watcher.program.start();
    return watcher;
  }

  private constructor(transport: Transport, session: string, thresholdMs: number) {
    const options = {
      session,
      name: 'program',
      settings: { thresholdMs, siteBudget: SITE_BUDGET },
      retentionMs: RETENTION_MS,
      agentVersion: version,
    };
    this.program = new InspectedProgram(transport, options, systemClock, silentLogger);
    this.program.onDidWarn((warning) => {
      if (isBlocking(warning) && !warning.ongoing) void this.keepMessage(warning);
    });
  }

  /** Resolves when so many threads are being watched. Rejects when they are not in time. */
  async watches(threads: number): Promise<void> {
    const isRunning = ({ state }: ProcessSnapshot): boolean => state === 'running' || state === 'blocked';
    const untilMs = performance.now() + WATCHED_LIMIT_MS;
    for (;;) {
      const { processes } = this.program.snapshot();
      if (processes.filter(isRunning).length >= threads) return;
      if (performance.now() > untilMs)
        throw new Error(
          `Not watched: ${processes.map(({ name, note = '' }) => `${name} ${note}`).join(', ')}`,
        );
      await wait(10);
    }
  }

  /** Everything that took too long, of every kind. */
  async warnings(): Promise<TimedWarning[]> {
    await this.program.whenSettled(1_000);
    return this.program.snapshot().processes.flatMap(({ warnings }) => warnings.filter(isTimed));
  }

  /** Every block that is over. */
  async blocks(): Promise<Reported[]> {
    await this.program.whenSettled(1_000);
    return this.program.snapshot().processes.flatMap((process) => this.blocksOf(process));
  }

  dispose(): void {
    this.program.dispose();
  }

  private blocksOf({ pid, threadId, warnings }: ProcessSnapshot): Reported[] {
    return warnings.filter(isBlocking).flatMap((warning) =>
      (warning.episodes ?? []).map(({ seq, startedMs, durationMs, cause, site, stack }) => {
        const message = this.messages.get(`${warning.id}/${seq}`);
        return {
          pid,
          threadId,
          startMs: startedMs,
          durationMs,
          cause,
          stack,
          ...(site && { site }),
          ...(message !== undefined && { message }),
        };
      }),
    );
  }

  /** A warning's message is that of its latest block. */
  private async keepMessage({ id, episodes: [episode] = [] }: BlockingWarning): Promise<void> {
    if (episode === undefined) return;
    await wait(READ_MS);
    const now = this.program.warning(id);
    if (now && isBlocking(now) && now.episodes?.[0]?.seq === episode.seq)
      this.messages.set(`${id}/${episode.seq}`, now.message);
  }
}
