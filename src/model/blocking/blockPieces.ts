import type { WireFrame, WireTurn } from '../../protocol/wire.js';
import { outermostUserFrame } from '../codeOrigin.js';

/** The pieces of one turn that could be told apart: a tick, a resumption, a function entered. */
export class BlockPieces {
  /** Time in each. */
  private readonly times = new Map<string, number>();
  private firstLook: Look | undefined;
  private lastLook: Look | undefined;

  /** `ms`: the time that the look stands for. `afterMs`: since the turn began. */
  add(turn: WireTurn, stack: readonly WireFrame[], { ms, afterMs }: { ms: number; afterMs: number }): void {
    const { entry, runs, ticks } = turn;
    const outermost = outermostUserFrame(stack);
    const piece = `${entry}/${runs}/${ticks}/${outermost?.url}#${outermost?.function}`;
    const before = this.times.get(piece);
    if (before !== undefined || this.times.size < MAX_PIECES) this.times.set(piece, (before ?? 0) + ms);
    this.lastLook = { afterMs, turn };
    this.firstLook ??= this.lastLook;
  }

  /** There are several, and none is most of the `wholeMs` of the turn. */
  areEven(wholeMs: number): boolean {
    const times = [...this.times.values()];
    const isEven = Math.max(0, ...times) <= times.reduce((sum, ms) => sum + ms, 0) * PIECE_SHARE;
    // of two, one may be no more than what came after a long one
    const areMany = times.length > 2 || (times.length > 1 && this.links > 2);
    return areMany && isEven && this.unevenMs() <= wholeMs * PIECE_SHARE;
  }

  /** The first and the last, if the same task ran at both. */
  private get looks(): [Look, Look] | undefined {
    const { firstLook, lastLook } = this;
    if (!firstLook || !lastLook || firstLook.turn.entry !== lastLook.turn.entry) return undefined;
    return [firstLook, lastLook];
  }

  /** How many ticks, or resumptions of one task, were seen to begin. */
  private get links(): number {
    if (!this.looks) return 0;
    const [first, last] = this.looks;
    return Math.max(last.turn.ticks - first.turn.ticks, last.turn.runs - first.turn.runs);
  }

  /** Of the time before the first look: how long one piece may have taken, if the others were as fast as later on. */
  private unevenMs(): number {
    if (!this.looks) return 0;
    const [first, last] = this.looks;
    const [before, after] =
      last.turn.ticks > first.turn.ticks
        ? [first.turn.ticks, last.turn.ticks]
        : [first.turn.runs, last.turn.runs];
    if (after <= before) return 0;
    const usualMs = (last.afterMs - first.afterMs) / (after - before);
    return first.afterMs - before * usualMs;
  }
}

interface Look {
  /** Since the turn began. */
  afterMs: number;
  turn: WireTurn;
}

/** With one piece above this share, it is no chain. */
const PIECE_SHARE = 0.6;
const MAX_PIECES = 200;
