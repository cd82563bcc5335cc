import { nowMs } from '../clocks/clock.js';
import { idleMs, ranMs } from '../clocks/cpuClock.js';

/** One in this many captures is timed. */
const TIMED = 32;
/** A capture takes as long as so many frames before it gives the first. */
const FRAMES_OF_A_CAPTURE = 4;
/** Unspent time is kept up to so many seconds' worth, for what comes all at once. */
const BURST_SECONDS = 2;
/** Once all is spent, nothing is until there is so much again: the first stack after a while takes far longer than the next. */
const STRETCH_MS = 4;
/** What a stack takes, with the garbage it leaves and telling the host, as a multiple of capturing it. */
const WITH_WHAT_FOLLOWS = 1.15;
/** A timed frame counts for so many times the present price at most. */
const MAX_GROWTH = 4;
/** After so long it is seen how much the program wants. */
const WINDOW_MS = 250;
/** A program that waits for less than this part of the time has none to spare: something else may need it, too. */
const BUSY = 0.25;
/** One that waits for this part of the time at least gets all of its share. */
const SPARE = 0.5;
/** The part of the share that a program without time to spare gets all the same. */
const REDUCED = 1 / 5;
/** And where it wants more than its share, this part of what it can have at all. */
const REDUCED_REACH = 1 / 3;
/** One with time to spare that wants so many times its share gets all of it, and of twice as much still a quarter. */
const WORTH_IT = 2;
/** The part that is spent where it buys next to nothing, too. */
const LEAST = 1 / 20;

/**
 * Holds the time that goes into capturing stacks to a share of each second. Most captures are not timed but
 * counted at the price that a frame had in those that are, so that asking costs next to nothing.
 */
export class CaptureBudget {
  private share = 0;
  /** Of each millisecond so much may be spent now. */
  private rate = 0;
  /** Milliseconds that may still be spent. */
  private left = 0;
  /** They are being spent, and not saved up. */
  private isOpen = false;
  private frameMs = 0.000_6;
  /** What one caller of `take` spends, on average. */
  private takeMs = 0.003;
  /** Frames that have not been paid for, those of the captures themselves included. */
  private frames = 0;
  private refilledAtMs = 0;
  /** Captures since one was timed. */
  private count = 0;
  /** When the capture that is timed began, and the frames before it. */
  private startedMs = -1;
  private startedFrames = 0;
  private taken = 0;
  private windowAtMs = 0;
  private ranAtWindowMs = 0;
  private idleAtWindowMs = 0;
  private skippedAtWindow = 0;
  /** Records made without a stack. */
  skipped = 0;

  /**
   * @param ran milliseconds that this thread has run; only grows
   * @param idle milliseconds that it had nothing to do; only grows
   */
  constructor(
    private readonly ran = ranMs,
    private readonly idle = idleMs,
    private readonly clock = nowMs,
  ) {}

  configure(share: number, atMs = this.clock()): void {
    this.share = this.rate = share;
    this.left = this.most;
    this.isOpen = this.left > 0;
    this.refilledAtMs = atMs;
    this.beginWindow(atMs);
  }

  /** Whether something may be spent now. */
  isLeft(): boolean {
    return this.isOpen;
  }

  /** True: stacks may be captured now; `spent` must follow. */
  take(): boolean {
    if (!this.isOpen) return false;
    this.taken++;
    if (++this.count === TIMED) {
      this.count = 0;
      this.startedFrames = this.frames;
      this.startedMs = this.clock();
    }
    return true;
  }

  /** A stack with so many frames was captured. */
  captured(frames: number): void {
    this.frames += FRAMES_OF_A_CAPTURE + frames;
  }

  spent(): void {
    const { frames } = this;
    this.frames = 0;
    this.left -= this.priceMs(frames);
    if (this.left <= 0) this.isOpen = false;
    if (this.startedMs < 0) return;
    const frameMs = (this.clock() - this.startedMs) / (frames - this.startedFrames);
    this.startedMs = -1;
    // the system may have let another thread run meanwhile: that says nothing of captures
    this.frameMs += (Math.min(frameMs, this.frameMs * MAX_GROWTH) - this.frameMs) / 8;
    this.takeMs += (this.priceMs(frames) - this.takeMs) / 8;
  }

  /** Milliseconds that may be saved up. */
  private get most(): number {
    return this.share * 1_000 * BURST_SECONDS;
  }

  private priceMs(frames: number): number {
    return frames * this.frameMs * WITH_WHAT_FOLLOWS;
  }

  refill(atMs: number): void {
    if (this.share === 0) return;
    const gained = (atMs - this.refilledAtMs) * this.rate;
    this.refilledAtMs = atMs;
    const { most } = this;
    this.left = Math.min(this.left + gained, most);
    this.isOpen ||= this.left >= Math.min(STRETCH_MS, most);
    if (atMs - this.windowAtMs < WINDOW_MS) return;
    this.rate = this.share * this.reachableShare(atMs);
    this.beginWindow(atMs);
  }

  /** The part of its share that the thread gets, after what it wanted and how long it ran and waited lately. */
  private reachableShare(atMs: number): number {
    const lengthMs = atMs - this.windowAtMs;
    const wantedMs = (this.taken + this.skipped - this.skippedAtWindow) * this.takeMs;
    const idleMs = this.idle() - this.idleAtWindowMs;
    // a coarse clock of the system may say nothing
    const gotMs = this.ran() - this.ranAtWindowMs + idleMs || 1;
    // while others have the processor, or a debugger holds the program, nothing is gained
    const available = Math.min(1, gotMs / lengthMs);
    // a program without time to spare gets slower by all that is spent
    const spare = (idleMs / gotMs - BUSY) / (SPARE - BUSY);
    const wanted = wantedMs / (this.share * lengthMs);
    const reduced = Math.min(REDUCED, REDUCED_REACH / wanted);
    // the more it wants, the less of that can be had, and the less is that worth
    const worth = (WORTH_IT / wanted) ** 2;
    return available * Math.max(LEAST, Math.min(1, Math.max(reduced, spare), worth));
  }

  private beginWindow(atMs: number): void {
    this.windowAtMs = atMs;
    this.ranAtWindowMs = this.ran();
    this.idleAtWindowMs = this.idle();
    this.taken = 0;
    this.skippedAtWindow = this.skipped;
  }
}
