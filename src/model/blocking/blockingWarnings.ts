import type { BlockingEpisode as EpisodeSnapshot, BlockingWarning, Site } from '../../protocol/snapshot.js';
import type { WireFrame } from '../../protocol/wire.js';
import type { BlockGroup } from './blockGroups.js';
import type { Diagnosis } from './blockDiagnosis.js';
import type { BlockingEpisode } from './blockingEpisode.js';
import { blockingMessage } from './blockingText.js';

export interface WarningContext {
  resolve(frame: WireFrame): Site;
  taskId(entry: number): string;
  /** How long an episode that goes on has lasted at this moment of the debuggee's clock. */
  lastingMs(episode: BlockingEpisode, nowMs: number): number;
}

/** What a diagnosis says, with places in the original source. */
interface Reading extends Pick<Diagnosis, 'cause' | 'call' | 'isProbable'> {
  site?: Site;
  stack: Site[];
  lines: { site: Site; samples: number }[];
}

/** The public shape of blocks. */
export class BlockingWarnings {
  private readings = new WeakMap<Diagnosis, Reading>();

  constructor(private readonly context: WarningContext) {}

  /** Source maps have come. */
  sitesChanged(): void {
    this.readings = new WeakMap();
  }

  of(group: BlockGroup, nowMs: number): BlockingWarning {
    const last = group.episodes.at(-1);
    const ongoing = last?.ongoing ?? false;
    const durationMs = last ? this.durationMs(last, nowMs) : group.maxMs;
    const maxMs = Math.max(group.maxMs, durationMs);
    const reading = this.usualReading(group);
    const warning: BlockingWarning = {
      id: group.id,
      kind: 'blocking',
      message:
        last && reading ? blockingMessage(last, reading, { durationMs, count: group.count, maxMs }) : '',
      count: group.count,
      ongoing,
      durationMs,
      maxMs,
      totalMs: group.totalMs + (ongoing ? durationMs : 0),
      cause: reading?.cause ?? 'unknown',
      samples: last?.evidence.samples.total ?? 0,
    };
    if (!last || !reading) return warning;
    if (reading.call !== undefined) warning.call = reading.call;
    if (reading.site) warning.site = reading.site;
    if (reading.stack.length > 0) warning.stack = reading.stack;
    Object.assign(warning, this.whom(last));
    warning.episodes = group.episodes.map((episode) => this.episode(episode, nowMs)).reverse();
    return warning;
  }

  /** What the latest episode says that has the cause with most of the time. */
  private usualReading(group: BlockGroup): Reading | undefined {
    const causes = new Map<string, { ms: number; reading: Reading }>();
    for (const episode of group.episodes) {
      const reading = this.readingOf(episode);
      const key = `${reading.cause} ${reading.call}`;
      causes.set(key, { ms: (causes.get(key)?.ms ?? 0) + episode.evidence.durationMs, reading });
    }
    const [most] = [...causes.values()].sort((a, b) => b.ms - a.ms);
    return most?.reading;
  }

  private episode(episode: BlockingEpisode, nowMs: number): EpisodeSnapshot {
    const { evidence, ongoing } = episode;
    const { cause, call, lines, stack, site } = this.readingOf(episode);
    return {
      seq: evidence.seq,
      startedMs: evidence.startedMs,
      durationMs: this.durationMs(episode, nowMs),
      ongoing,
      cause,
      samples: evidence.samples.total,
      lines,
      stack,
      ...(call !== undefined && { call }),
      ...(site && { site }),
      ...this.whom(episode),
    };
  }

  private whom({ evidence: { entry, forTask }, suffered }: BlockingEpisode): Partial<EpisodeSnapshot> {
    return {
      ...(entry !== 0 && { task: this.context.taskId(entry) }),
      ...(forTask && { forTask }),
      ...(suffered && suffered.tasks > 0 && { suffered }),
    };
  }

  private readingOf({ diagnosis, evidence: { samples } }: BlockingEpisode): Reading {
    const known = this.readings.get(diagnosis);
    if (known) return known;
    const resolve = (frame: WireFrame): Site => this.context.resolve(frame);
    const { place, cause, call, isProbable } = diagnosis;
    const site = place && resolve(place);
    const lines = samples
      .lines()
      .filter(({ where }) => where === 'at')
      .slice(0, MAX_LINES)
      .map(({ frame, count }) => ({ site: resolve(frame), samples: count }));
    const reading: Reading = {
      cause,
      // builtins such as `JSON.parse` stand in no file
      stack: diagnosis.stack.filter((frame) => frame.url !== '').map(resolve),
      lines: lines.length === 0 && site ? [{ site, samples: samples.total }] : lines,
      isProbable,
      ...(call !== undefined && { call }),
      ...(site && { site }),
    };
    this.readings.set(diagnosis, reading);
    return reading;
  }

  private durationMs(episode: BlockingEpisode, nowMs: number): number {
    return episode.ongoing ? this.context.lastingMs(episode, nowMs) : episode.evidence.durationMs;
  }
}

const MAX_LINES = 20;
