import { describe, expect, it, vi } from 'vitest';
import { sum, sumLater } from './sum';

describe('sum', () => {
  it('adds 1 + 2 to equal 3', () => {
    expect(sum(1, 2)).toBe(3);
  });

  it('adds later', async () => {
    await expect(sumLater(1, 2)).resolves.toBe(3);
  });

  it('works with fake timers', async () => {
    vi.useFakeTimers();
    const result = sumLater(2, 2);
    await vi.advanceTimersByTimeAsync(5);
    vi.useRealTimers();
    expect(await result).toBe(4);
  });

  it('fails', () => {
    expect(sum(1, 1)).toBe(3);
  });
});
