import assert from 'node:assert/strict';
import { CaptureBudget } from '../../src/agent/stacks/budget.js';

/** A quarter of a second. */
const WINDOW_MS = 250;

describe('CaptureBudget', () => {
  /** Milliseconds that a frame takes, and the time of the program in which it is captured. */
  const FRAME_MS = 0.001;
  let capturingMs = 0;
  const clock = (): number => capturingMs;

  /** Has something to do for this part of the time, from the moment 0 on. */
  function running(share: number, busy = 0.5): { budget: CaptureBudget; at: (ms: number) => void } {
    let now = 0;
    const budget = new CaptureBudget(
      () => now * busy,
      () => now * (1 - busy),
      clock,
    );
    budget.configure(share, 0);
    return {
      budget,
      at: (ms) => {
        now = ms;
        budget.refill(ms);
      },
    };
  }

  /** How many stacks of so many frames may be captured now. */
  function captures(budget: CaptureBudget, frames: number): number {
    for (let count = 0; count < 1e6; count++) {
      if (!budget.take()) return count;
      capturingMs += FRAME_MS * frames;
      budget.captured(frames);
      budget.spent();
    }
    throw new Error('there is no end to it');
  }

  it('lets nothing be captured without a share', () => {
    const { budget, at } = running(0);
    at(10_000);
    assert.equal(budget.isLeft(), false);
    assert.equal(budget.take(), false);
  });

  it('counts deep stacks for more', () => {
    const shallow = captures(running(0.1).budget, 1);
    const deep = captures(running(0.1).budget, 46);
    assert.ok(deep * 4 < shallow, `${deep} deep and ${shallow} shallow ones`);
  });

  it('gains as time goes by, and keeps no more than for a burst', () => {
    const { budget, at } = running(0.1);
    captures(budget, 1);
    assert.equal(budget.isLeft(), false);
    at(100);
    assert.equal(budget.isLeft(), true);
    const soon = captures(budget, 1);
    at(1_000_000);
    const late = captures(budget, 1);
    assert.ok(late > 3 * soon, `${soon} soon and ${late} late`);
    assert.ok(late * FRAME_MS < 2_000, `${late}`);
  });

  it('saves up for many stacks in a row once all is spent', () => {
    const { budget, at } = running(0.1);
    captures(budget, 1);
    at(20);
    assert.equal(budget.isLeft(), false);
    assert.equal(captures(budget, 1), 0);
    at(50);
    assert.equal(budget.isLeft(), true);
    const stretch = captures(budget, 1);
    assert.ok(stretch > 500, `${stretch} stacks`);
  });

  it('does not save up for more than it may keep', () => {
    const { budget, at } = running(0.001);
    captures(budget, 1);
    at(100_000);
    assert.ok(captures(budget, 1) > 0);
  });

  it('goes on where the clocks said nothing for a while', () => {
    let ranMs = 0;
    const budget = new CaptureBudget(
      () => ranMs,
      () => 0,
      clock,
    );
    budget.configure(0.1, 0);
    captures(budget, 1);
    for (let window = 1; window <= 8; window++) {
      if (window > 2) ranMs += WINDOW_MS;
      budget.refill(window * WINDOW_MS);
    }
    assert.ok(captures(budget, 1) > 0);
  });

  it('gives a program that cannot be followed less, until it wants less', () => {
    const { budget, at } = running(0.1);
    /** What is gained in a part of the window that begins then. */
    const gained = (window: number): number => {
      at(window * WINDOW_MS);
      captures(budget, 1);
      at(window * WINDOW_MS + 200);
      return captures(budget, 1);
    };
    const burst = captures(budget, 1);
    const afterBurst = gained(1);
    gained(2);
    const followed = gained(3);
    budget.skipped += burst;
    const tooMuch = gained(4);
    gained(5);
    const again = gained(6);
    assert.ok(afterBurst * 2 < followed, `${afterBurst} after all at once, then ${followed}`);
    assert.ok(tooMuch * 2 < followed, `${tooMuch} instead of ${followed}`);
    assert.ok(Math.abs(again - followed) < followed * 0.02, `${again} instead of ${followed}`);
  });

  it('gives all of the share where twice as much is wanted, a quarter where four times is', () => {
    const gained = (wantedShares: number): number => {
      const { budget, at } = running(0.1);
      captures(budget, 1);
      at(WINDOW_MS);
      const followed = captures(budget, 1);
      at(2 * WINDOW_MS);
      budget.skipped += Math.round(wantedShares * followed);
      at(3 * WINDOW_MS);
      captures(budget, 1);
      at(3 * WINDOW_MS + 200);
      return captures(budget, 1);
    };
    const [half, nearlyTwice, four] = [0.5, 1.9, 4].map(gained) as [number, number, number];
    assert.ok(half > 0);
    assert.equal(nearlyTwice, half);
    assert.ok(four < half * 0.3 && four > half * 0.2, `${four} instead of ${half}`);
  });

  it('gives a program less that has less time to spare', () => {
    const gained = (busy: number): number => {
      const { budget, at } = running(0.1, busy);
      at(WINDOW_MS);
      at(2 * WINDOW_MS);
      captures(budget, 1);
      at(2 * WINDOW_MS + 1_000);
      return captures(budget, 1);
    };
    const [idle, half, busy, nearlyFull, full] = [0.1, 0.5, 0.65, 0.8, 1].map(gained) as [
      number,
      number,
      number,
      number,
      number,
    ];
    assert.equal(half, idle);
    assert.ok(busy < half * 0.45 && busy > half * 0.35, `${busy} instead of ${half}`);
    assert.ok(full < half * 0.25 && full > half * 0.15, `${full} instead of ${half}`);
    assert.equal(nearlyFull, full);
  });

  it('gives a program without time to spare a twentieth, where it wants far more than it could have', () => {
    const gained = (wanted: number): number => {
      const { budget, at } = running(0.1, 1);
      captures(budget, 1);
      at(WINDOW_MS);
      budget.skipped += wanted;
      at(2 * WINDOW_MS);
      captures(budget, 1);
      at(2 * WINDOW_MS + 1_000);
      return captures(budget, 1);
    };
    const [little, much] = [gained(100), gained(1e6)];
    assert.ok(much < little * 0.3 && much > little * 0.2, `${much} instead of ${little}`);
  });

  it('does not take frames for cheap that were captured before the timed ones', () => {
    const { budget } = running(0.1);
    const before = capturingMs;
    for (;;) {
      capturingMs += 0.01;
      budget.captured(1);
      if (!budget.take()) break;
      capturingMs += 0.01;
      budget.captured(1);
      budget.spent();
    }
    assert.ok(capturingMs - before < 200 * 1.1, `${capturingMs - before} ms of 200`);
  });

  it('gains nothing while others have the processor', () => {
    let ranMs = 0;
    let idleMs = 0;
    const budget = new CaptureBudget(
      () => ranMs,
      () => idleMs,
      clock,
    );
    budget.configure(0.1, 0);
    captures(budget, 1);
    idleMs = 0.15 * WINDOW_MS;
    ranMs = 0.1 * WINDOW_MS;
    budget.refill(WINDOW_MS);
    captures(budget, 1);
    budget.refill(WINDOW_MS + 200);
    const robbed = captures(budget, 1);
    ranMs += 2 * WINDOW_MS;
    idleMs += 2 * WINDOW_MS;
    budget.refill(2 * WINDOW_MS);
    captures(budget, 1);
    budget.refill(2 * WINDOW_MS + 200);
    const alone = captures(budget, 1);
    assert.ok(robbed * 2 < alone, `${robbed} and ${alone}`);
  });
});
