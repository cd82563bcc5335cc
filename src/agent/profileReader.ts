import { fileURLToPath } from 'node:url';
import type { WireFrame, WireProfile } from '../protocol/wire.js';

/** As the inspector gives it; times in microseconds. */
export interface CpuProfile {
  nodes: ProfileNode[];
  startTime: number;
  endTime: number;
  samples?: number[];
  timeDeltas?: number[];
}

interface ProfileNode {
  id: number;
  /** Line and column from 0, where the function begins. */
  callFrame: { functionName: string; url: string; lineNumber: number; columnNumber: number };
  children?: number[];
  /** Lines of the function itself, from 1, over the whole profile. */
  positionTicks?: { line: number; ticks: number }[];
}

const OWN_FILE = typeof __filename === 'string' ? __filename : undefined;
const MAX_PLACES = 5;
const MAX_FRAMES = 50;
const MAX_TEXT = 1_000;

/**
 * What a profile tells of one stretch of time, in microseconds on the profile's clock. One sample tells of
 * `sampleUs` after it at most: a process that is stopped is not sampled.
 */
export function readProfile(
  profile: CpuProfile,
  fromUs: number,
  toUs: number,
  sampleUs: number,
): Omit<WireProfile, 'seq'> {
  const times = timesWithin(profile, fromUs, toUs, sampleUs);
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const parents = new Map<number, ProfileNode>();
  for (const node of profile.nodes) for (const child of node.children ?? []) parents.set(child, node);
  const read: Omit<WireProfile, 'seq'> = { sampledMs: 0, gcMs: 0, places: [] };
  for (const [id, { us, samples }] of [...times].sort(([, a], [, b]) => b.us - a.us)) {
    const node = nodes.get(id);
    if (node === undefined) continue;
    const name = node.callFrame.functionName;
    if (name === '(idle)') continue;
    read.sampledMs += us / 1_000;
    if (name === '(garbage collector)') read.gcMs += us / 1_000;
    else if (read.places.length < MAX_PLACES && name !== '(root)' && name !== '(program)') {
      const place = { ms: us / 1_000, ...framesOf(node, parents, samples) };
      // the agent answers on top of what runs
      if (!place.frames.some(({ url }) => url.endsWith('.cdp'))) read.places.push(place);
    }
  }
  return read;
}

/** Time and samples of each node within the stretch. */
function timesWithin(
  { startTime, samples = [], timeDeltas = [] }: CpuProfile,
  fromUs: number,
  toUs: number,
  sampleUs: number,
): Map<number, { us: number; samples: number }> {
  const times = new Map<number, { us: number; samples: number }>();
  let atUs = startTime;
  for (const [i, id] of samples.entries()) {
    atUs += timeDeltas[i] ?? 0;
    if (atUs >= toUs) break;
    if (atUs < fromUs) continue;
    const us = Math.min(timeDeltas[i + 1] ?? toUs - atUs, toUs - atUs, sampleUs);
    const time = times.get(id);
    if (time === undefined) times.set(id, { us, samples: 1 });
    else {
      time.us += us;
      time.samples++;
    }
  }
  return times;
}

/** Top first. Of callers only the function is known, and so its first line is given. */
function framesOf(
  leaf: ProfileNode,
  parents: Map<number, ProfileNode>,
  samples: number,
): { line: boolean; frames: WireFrame[] } {
  const hot = hotLine(leaf, samples);
  const frames: WireFrame[] = [];
  for (let node: ProfileNode | undefined = leaf; node !== undefined; node = parents.get(node.id)) {
    const { functionName, lineNumber, columnNumber } = node.callFrame;
    const url = pathOf(node.callFrame.url);
    if (functionName === '(root)' || frames.length >= MAX_FRAMES) break;
    if (url === OWN_FILE) continue;
    frames.push({
      url: url.slice(0, MAX_TEXT),
      line: lineNumber + 1,
      column: columnNumber + 1,
      function: functionName.slice(0, MAX_TEXT),
    });
  }
  const [top] = frames;
  const isLeaf = leaf.callFrame.url !== '' && pathOf(leaf.callFrame.url) !== OWN_FILE;
  if (hot === undefined || top === undefined || !isLeaf) return { line: false, frames };
  frames[0] = { ...top, line: hot, column: 1 };
  return { line: true, frames };
}

/** Lines are counted over the whole profile: sure only if what was elsewhere in it cannot outweigh this stretch. */
function hotLine({ positionTicks = [] }: ProfileNode, samples: number): number | undefined {
  const ticks = new Map<number, number>();
  let total = 0;
  for (const { line, ticks: count } of positionTicks) {
    ticks.set(line, (ticks.get(line) ?? 0) + count);
    total += count;
  }
  const [hot] = [...ticks].sort(([, a], [, b]) => b - a);
  if (hot === undefined) return undefined;
  const [line, count] = hot;
  return count - Math.max(0, total - samples) > samples / 2 ? line : undefined;
}

/** Scripts that were required are known to the program by their path. */
function pathOf(url: string): string {
  if (!url.startsWith('file:')) return url;
  try {
    return fileURLToPath(url);
  } catch {
    return url;
  }
}
