import assert from 'node:assert/strict';
import { Debugging } from './support/debugging.js';
import { api, program } from './support/extension.js';

describe('A task that has ended', () => {
  let debugging: Debugging | undefined;

  before(() => api());

  afterEach(async () => {
    await debugging?.stop();
    debugging = undefined;
  });

  it('shows its result, though it ended just before the debugger paused the program', async () => {
    const run = (debugging = await Debugging.start({ program: program('results.js') }));
    const paused = await run.process(
      'a paused process with two results',
      ({ state, tasks }) =>
        state === 'paused' && tasks.filter(({ result }) => result !== undefined).length >= 2,
    );
    const ended = paused.tasks.filter(({ endedAgoMs }) => endedAgoMs !== undefined);
    assert.deepEqual(
      ended.map(({ name, state, result }) => [name, state, result]),
      [
        ['price', 'fulfilled', '{ id: 42, items: Array(3) }'],
        ['pay', 'rejected', 'TypeError: no stock'],
      ],
    );
  });
});
