import assert from 'node:assert/strict';
import { LoopHealth } from '../../../src/model/blocking/loopHealth.js';

const loop = (idleMs: number, turnMaxMs: number) => ({ idleMs, turnMaxMs, turns: 1 });

describe('LoopHealth', () => {
  it('tells the share of time that the loop did not wait, and the longest turns', () => {
    const health = new LoopHealth();
    health.begin(0);
    health.observe({ nowMs: 100, loop: loop(100, 1) }, false);
    health.observe({ nowMs: 200, loop: loop(50, 40) }, false);
    assert.deepEqual(health.value(), { utilization: 0.25, lagMs: { p50: 1, p99: 40, max: 40 } });
  });

  it('forgets what is older than five seconds', () => {
    const health = new LoopHealth();
    health.begin(0);
    health.observe({ nowMs: 1000, loop: loop(0, 900) }, false);
    health.observe({ nowMs: 7000, loop: loop(6000, 2) }, false);
    assert.deepEqual(health.value(), { utilization: 0, lagMs: { p50: 2, p99: 2, max: 2 } });
  });

  it('leaves out the time in the debugger', () => {
    const health = new LoopHealth();
    health.begin(0);
    health.observe({ nowMs: 3000, loop: loop(0, 3000) }, true);
    health.observe({ nowMs: 3100, loop: loop(100, 0) }, false);
    assert.equal(health.value().utilization, 0);
    assert.equal(health.value().lagMs.max, 0);
  });

  it('stays within its bounds whatever the agent says', () => {
    const health = new LoopHealth();
    assert.deepEqual(health.value(), { utilization: 0, lagMs: { p50: 0, p99: 0, max: 0 } });
    health.begin(0);
    health.observe({ nowMs: 100, loop: loop(-50, -1) }, false);
    health.observe({ nowMs: 200, loop: loop(1e9, 1) }, false);
    assert.equal(health.value().utilization, 0.5);
  });
});
