import assert from 'node:assert/strict';
import { StepByStep } from '../../src/ui/tasks/stepByStep.js';
import { BusyClock, FakeClock } from '../support/fakeClock.js';

describe('StepByStep', () => {
  for (const { tookMs, together, cooldownMs } of [
    { tookMs: 10, together: 3, cooldownMs: 50 },
    { tookMs: 40, together: 1, cooldownMs: 50 },
    { tookMs: 120, together: 1, cooldownMs: 120 },
  ])
    it(`makes ${together} of ${tookMs} ms together, and leaves ${cooldownMs} ms to others, while there is more`, async () => {
      const clock = new BusyClock();
      let made = 0;
      const steps = new StepByStep(() => {
        clock.workedMs += tookMs;
        if (++made < 2 * together) steps.goOn();
      }, clock);
      steps.goOn();
      steps.goOn();
      await clock.pass(50);
      assert.equal(made, together);
      assert.ok(steps.goesOn);
      await clock.pass(cooldownMs - 1);
      assert.equal(made, together);
      await clock.pass(1);
      assert.equal(made, 2 * together);
      assert.ok(!steps.goesOn);
      assert.equal(clock.timerCount, 0);
    });

  it('makes no step when it is disposed', async () => {
    const clock = new FakeClock();
    const steps = new StepByStep(() => assert.fail('a step'), clock);
    steps.goOn();
    steps.dispose();
    await clock.pass(1_000);
    assert.equal(clock.timerCount, 0);
  });
});
