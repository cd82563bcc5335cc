import type { BlockingEpisode } from './blockingEpisode.js';

/** Blocks of one site: they are one warning. */
export interface BlockGroup {
  /** Id of the warning. */
  readonly id: string;
  readonly keys: Set<string>;
  /** Episodes, with those no longer kept and the one that goes on. */
  count: number;
  /** Of the ended ones. */
  totalMs: number;
  maxMs: number;
  /** The latest, newest last. */
  episodes: BlockingEpisode[];
}

/** Which blocks belong together, and how many of them are kept. */
export class BlockGroups {
  /** Groups that made room for others. */
  dropped = 0;
  /** By the key that is in their id. */
  private readonly groups = new Map<string, BlockGroup>();
  /** By all keys of their episodes. */
  private readonly byKey = new Map<string, BlockGroup>();

  constructor(private readonly session: string) {}

  /** In the order in which the sites were first seen. */
  all(): BlockGroup[] {
    return [...this.groups.values()];
  }

  /** Takes an episode into the group that it belongs to. */
  enter(episode: BlockingEpisode): BlockGroup {
    const { keys } = episode.diagnosis;
    const group = keys.map((key) => this.byKey.get(key)).find((known) => known) ?? this.add(keys[0] ?? '');
    if (group.keys.size < MAX_KEYS) {
      for (const key of keys) {
        if (this.byKey.has(key)) continue;
        this.byKey.set(key, group);
        group.keys.add(key);
      }
    }
    group.count++;
    group.episodes.push(episode);
    if (group.episodes.length > MAX_EPISODES) group.episodes.shift();
    group.episodes.at(-1 - MAX_RECORDINGS)?.evidence.recording.clear();
    return group;
  }

  /** An episode that was entered is no block after all. */
  retract(group: BlockGroup, episode: BlockingEpisode): void {
    group.count--;
    group.episodes = group.episodes.filter((one) => one !== episode);
    if (group.count > 0) return;
    for (const [key, one] of this.groups) if (one === group) this.remove(key, group);
  }

  clear(): void {
    this.groups.clear();
    this.byKey.clear();
  }

  private add(key: string): BlockGroup {
    this.makeRoom();
    const id = `${this.session}:blocking:${key}`;
    const group: BlockGroup = { id, keys: new Set(), count: 0, totalMs: 0, maxMs: 0, episodes: [] };
    this.groups.set(key, group);
    return group;
  }

  private remove(key: string, group: BlockGroup): void {
    this.groups.delete(key);
    for (const one of group.keys) this.byKey.delete(one);
  }

  /** The group that was last seen longest ago makes room. */
  private makeRoom(): void {
    if (this.groups.size < MAX_GROUPS) return;
    const lastMs = (group: BlockGroup): number => group.episodes.at(-1)?.evidence.lastSeenMs ?? 0;
    const [oldest] = [...this.groups].sort(([, a], [, b]) => lastMs(a) - lastMs(b));
    if (!oldest) return;
    this.remove(...oldest);
    this.dropped++;
  }
}

const MAX_GROUPS = 500;
const MAX_EPISODES = 20;
/** The latest of a site that a profile can be made of. */
const MAX_RECORDINGS = 5;
/** Lines and functions of one group. */
const MAX_KEYS = 50;
