import type { Site } from '../../protocol/snapshot.js';
import type { WireFrame } from '../../protocol/wire.js';

/** Chrome's format of a CPU profile, as VS Code and browsers open it: times in microseconds, lines from 0. */
export interface CpuProfile {
  nodes: CpuProfileNode[];
  startTime: number;
  endTime: number;
  /** Ids of nodes. */
  samples: number[];
  /** Since the sample before; of the first, since the start. */
  timeDeltas: number[];
}

export interface CpuProfileNode {
  id: number;
  callFrame: {
    functionName: string;
    scriptId: string;
    /** The original file; a path where it is on disk. */
    url: string;
    lineNumber: number;
    columnNumber: number;
  };
  hitCount: number;
  children: number[];
  /** Samples in lines of the function itself, from 1. */
  positionTicks: { line: number; ticks: number }[];
}

/** A stretch of time in which one stack was seen; without frames it was none of JavaScript. */
export interface Stretch {
  ms: number;
  /** Top first. */
  frames: readonly WireFrame[];
}

/**
 * A profile of stretches that follow each other. Where a function begins is not known: its node stands at the line
 * that took the longest.
 */
export function cpuProfile(
  startedMs: number,
  stretches: readonly Stretch[],
  resolve: (frame: WireFrame) => Site,
): CpuProfile {
  const tree = new CallTree(resolve);
  const samples: number[] = [];
  const timeDeltas: number[] = [];
  let deltaUs = 0;
  for (const { ms, frames } of stretches) {
    samples.push(tree.enter(frames, ms));
    timeDeltas.push(deltaUs);
    deltaUs = Math.round(ms * 1000);
  }
  const startTime = Math.round(startedMs * 1000);
  const endTime = timeDeltas.reduce((sum, us) => sum + us, startTime + deltaUs);
  return { nodes: tree.nodes(), startTime, endTime, samples, timeDeltas };
}

/** What called what, over all stretches. */
class CallTree {
  private readonly calls: Call[] = [];
  private readonly root: Call = this.add('(root)', '');

  constructor(private readonly resolve: (frame: WireFrame) => Site) {}

  /** Id of the node of the top frame. */
  enter(frames: readonly WireFrame[], ms: number): number {
    let call = this.root;
    if (frames.length === 0) call = this.child(call, { file: '', line: 0, column: 0, function: '(program)' });
    let top: Site | undefined;
    for (const frame of [...frames].reverse()) {
      top = this.resolve(frame);
      call = this.child(call, top);
      const line = call.lines.get(top.line) ?? { ms: 0, column: top.column };
      line.ms += ms;
      call.lines.set(top.line, line);
    }
    call.hits++;
    if (top && top.file !== '') call.ticks.set(top.line, (call.ticks.get(top.line) ?? 0) + 1);
    return call.id;
  }

  nodes(): CpuProfileNode[] {
    return this.calls.map(({ id, name, file, hits, children, lines, ticks }) => {
      const [hot] = [...lines].sort(([, a], [, b]) => b.ms - a.ms);
      return {
        id,
        callFrame: {
          functionName: name,
          scriptId: '0',
          url: file,
          lineNumber: hot && file !== '' ? hot[0] - 1 : -1,
          columnNumber: hot && file !== '' ? hot[1].column - 1 : -1,
        },
        hitCount: hits,
        children: [...children.values()].map((child) => child.id),
        positionTicks: [...ticks].map(([line, count]) => ({ line, ticks: count })),
      };
    });
  }

  private child(parent: Call, { file, line, function: name = '' }: Site): Call {
    // functions without a name are told apart by their lines
    const key = `${file}\n${name === '' ? line : name}`;
    let child = parent.children.get(key);
    if (!child) {
      child = this.add(name, file);
      parent.children.set(key, child);
    }
    return child;
  }

  private add(name: string, file: string): Call {
    const call: Call = {
      id: this.calls.length + 1,
      name,
      file,
      hits: 0,
      children: new Map(),
      lines: new Map(),
      ticks: new Map(),
    };
    this.calls.push(call);
    return call;
  }
}

interface Call {
  id: number;
  name: string;
  file: string;
  hits: number;
  children: Map<string, Call>;
  /** Lines it was seen in, itself or calling others, and for how long. */
  lines: Map<number, { ms: number; column: number }>;
  ticks: Map<number, number>;
}
