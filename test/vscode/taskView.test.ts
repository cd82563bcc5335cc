import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Task } from '../../src/protocol/snapshot.js';
import { Debugging } from './support/debugging.js';
import { errorsShown } from './support/errorsShown.js';
import { api, program } from './support/extension.js';
import { until } from '../support/until.js';

describe('The tasks view', () => {
  let debugging: Debugging | undefined;

  const debug = async (configuration: Record<string, unknown>): Promise<Debugging> =>
    (debugging = await Debugging.start(configuration));

  before(() => api());

  afterEach(async () => {
    await vscode.commands.executeCommand('asyncDebugger.showAllTasks');
    await debugging?.stop();
    debugging = undefined;
  });

  it('follows one task with who awaits it and who called it, until all are shown again', async () => {
    const run = await debug({ program: program('calls.js') });
    const row = await rowOf(run, 'query');
    await vscode.commands.executeCommand('asyncDebugger.followTask', row);
    const followed = await treeWith(/^query /m);
    assert.match(followed, /^query .*\n {2}\S.*\nAwaited by .*\n {2}handler /);
    assert.match(followed, /^Called by .*\n {2}handler .*\n {2}main /m);
    await vscode.commands.executeCommand('asyncDebugger.showAllTasks');
    assert.match(await treeWith(/^calls\.js/), /main/);
    await vscode.commands.executeCommand('asyncDebugger.showCreationChain', row);
    assert.match(await treeWith(/^Called by/m), /^query /);
  });

  it('keeps a followed task with its result after it has ended', async () => {
    const run = await debug({ program: program('calls.js') });
    // it ends within milliseconds, whether this sees it before or after
    const row = await rowOf(run, 'quick', (state) => state !== 'running');
    await vscode.commands.executeCommand('asyncDebugger.followTask', row);
    await treeWith(/^quick .*(fulfilled.*42|ended)/m);
  });

  it('leads from what stands for a worker to the row of the worker', async () => {
    const run = await debug({ program: program('family.js') });
    const worker = await run.process(
      'the worker',
      ({ threadId, state }) => threadId > 0 && state === 'running',
    );
    await treeWith(/→ worker \S/);
    const errors = await errorsShown(() =>
      vscode.commands.executeCommand('asyncDebugger.goToProcess', { link: worker.session }),
    );
    assert.deepEqual(errors, []);
  });

  it('says so where there is nothing to follow or to go to', async () => {
    const errors = await errorsShown(async () => {
      await vscode.commands.executeCommand('asyncDebugger.followTask');
      await vscode.commands.executeCommand('asyncDebugger.followTask', {});
      await vscode.commands.executeCommand('asyncDebugger.followTask', { session: 'gone', task: 'gone:1' });
      await vscode.commands.executeCommand('asyncDebugger.goToProcess', { link: 'gone' });
    });
    assert.equal(errors.length, 3, 'a row that VS Code does not know is no error');
    assert.match(errors.join('\n'), /Choose a task.*\n.*has ended.*\n.*not shown/);
  });

  it('hides the files that the launch configuration skips', async () => {
    const run = await debug({
      program: program('waits.js'),
      skipFiles: ['<node_internals>/**', '**/waits.js'],
    });
    await run.task('the task', ({ name }) => name === 'waitForAnHour');
    assert.doesNotMatch(await treeWith(/waits\.js .*0 tasks/), /waitForAnHour/);
  });
});

/** What a command is given of the row of the task with this name. */
async function rowOf(
  run: Debugging,
  name: string,
  hasState: (state: Task['state']) => boolean = (state) => state === 'awaiting',
): Promise<{ session: string; task: string }> {
  const isIt = (task: Task): boolean => task.name === name && hasState(task.state);
  const { session, tasks } = await run.process(name, (process) => process.tasks.some(isIt));
  await treeWith(new RegExp(`${name} `));
  return { session, task: tasks.find(isIt)?.id ?? '' };
}

/** The view as text, as soon as it looks like this. */
function treeWith(pattern: RegExp): Promise<string> {
  return until(`a tree like ${String(pattern)}`, async () => {
    await vscode.commands.executeCommand('asyncDebugger.copyTree');
    const copied = await vscode.env.clipboard.readText();
    return pattern.test(copied) ? copied : undefined;
  });
}
