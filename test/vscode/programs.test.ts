import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { lineOf } from './support/sample.js';
import { Debugging } from './support/debugging.js';
import { api, program } from './support/extension.js';
import { until } from '../support/until.js';
import { withSetting } from './support/withSetting.js';

describe('A program', () => {
  let debugging: Debugging | undefined;

  const debug = async (name: string): Promise<Debugging> =>
    (debugging = await Debugging.start({ program: program(name) }));

  before(() => api());

  afterEach(async () => {
    await debugging?.stop();
    debugging = undefined;
  });

  it('in an endless loop is shown as blocked within a second, with the line, and the time grows', async () => {
    const run = await debug('endlessLoop.js');
    const first = await run.process('a blocked process', ({ state }) => state === 'blocked');
    assert.ok(
      first.blocked && first.blocked.durationMs <= 1_000,
      `seen after ${first.blocked?.durationMs} ms`,
    );
    const { site, durationMs } = (
      await run.process('the line that blocks', ({ blocked }) => blocked?.site !== undefined)
    ).blocked ?? { durationMs: 0 };
    assert.equal(site?.file, program('endlessLoop.js'));
    assert.equal(site.line, lineOf(readFileSync(program('endlessLoop.js'), 'utf8'), 'for (;;)'));
    assert.equal(site.function, 'spin');
    await run.process('a longer block', ({ blocked }) => (blocked?.durationMs ?? 0) > durationMs + 500);
    await run.stop();
    await untilNoRow(run);
  });

  it('with a worker and a fork is shown as three processes, the two below the first', async () => {
    const run = await debug('family.js');
    const main = await owner(run, 'waitInMain');
    const worker = await owner(run, 'waitInWorker');
    const child = await owner(run, 'waitInChild');
    assert.equal(worker.parent, main.session);
    assert.equal(child.parent, main.session);
    assert.equal(worker.pid, main.pid);
    assert.notEqual(worker.threadId, 0);
    assert.notEqual(child.pid, main.pid);
  });

  it('that is killed leaves no row', async () => {
    const run = await debug('waits.js');
    const { pid } = await owner(run, 'waitForAnHour');
    process.kill(pid, 'SIGKILL');
    await run.untilOver();
    await untilNoRow(run);
  });

  it('that ends at once prints what it prints and leaves no row', async () => {
    const run = await debug('ends.js');
    await run.untilOver();
    assert.match(run.printed(), /^done$/m);
    await untilNoRow(run);
  });

  it('that exits in a hook of its own leaves no row', async () => {
    const run = await debug('exitsInHook.js');
    await run.untilOver();
    await untilNoRow(run);
  });

  it('with 10,000 pending promises is shown whole or says what is left out', async () => {
    const run = await debug('manyPromises.js');
    const all = await run.process(
      '10,000 tasks',
      // where the machine is busy, the time that stacks may take does not last for all
      ({ tasks, dropped }) => tasks.length + dropped.records + dropped.sites >= 10_000,
    );
    assert.ok(all.tasks.some(({ name, state }) => name === 'waitAtGate' && state === 'awaiting'));
  });

  it('with very many pending promises is shown little by little, and says so until all are', async () => {
    // far more than are taken in while the program tells them, also where little time remains for their stacks
    const count = 100_000;
    await withSetting('sites.budget', 100, async () => {
      const run = (debugging = await Debugging.start({
        program: program('manyPromises.js'),
        args: [String(count)],
      }));
      const some = await run.process('some of them', ({ backlog }) => backlog !== undefined);
      assert.ok(some.tasks.length > 0 && some.tasks.length < count, `${some.tasks.length}`);
      const all = await run.process(
        'all',
        ({ tasks, backlog, dropped }) =>
          backlog === undefined && tasks.length + dropped.records + dropped.sites >= count,
      );
      assert.ok(all.tasks.length > some.tasks.length, `${some.tasks.length}, then ${all.tasks.length}`);
    });
  });
});

async function owner(run: Debugging, task: string) {
  return run.process(task, ({ tasks }) => tasks.some(({ name }) => name === task));
}

async function untilNoRow(run: Debugging): Promise<void> {
  await until('no process but ended ones', async () => {
    const left = (await run.processes()).filter(({ state }) => state !== 'ended');
    assert.deepEqual(
      left.map(({ name, state, note }) => ({ name, state, note })),
      [],
    );
    return true;
  });
}
