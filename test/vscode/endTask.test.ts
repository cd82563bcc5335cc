import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from '../support/until.js';
import { Debugging } from './support/debugging.js';
import { errorsShown } from './support/errorsShown.js';
import { api, program } from './support/extension.js';

describe('Acting on what one sees', () => {
  let debugging: Debugging | undefined;
  const { showWarningMessage } = vscode.window;

  before(() => api());

  afterEach(async () => {
    Object.assign(vscode.window, { showWarningMessage });
    await debugging?.stop();
    debugging = undefined;
  });

  it('clears a timer after it was said what that does, and not where nobody agrees', async () => {
    debugging = await Debugging.start({ program: program('waits.js') });
    const { session, task } = await until('a timer', async () => {
      const { processes } = await (await api()).snapshot();
      for (const process of processes) {
        const timer = process.tasks.find(({ type, internal }) => type === 'Timeout' && internal !== true);
        if (timer) return { session: process.session, task: timer };
      }
      return undefined;
    });
    const row = { session, task: task.id };
    const asked: string[] = [];
    const answer = (agrees: boolean): void => {
      const ask = (
        message: string,
        options: { detail: string },
        button: string,
      ): Promise<string | undefined> => {
        asked.push(`${message} ${options.detail}`);
        return Promise.resolve(agrees ? button : undefined);
      };
      Object.assign(vscode.window, { showWarningMessage: ask });
    };
    const isThere = async (): Promise<boolean> => {
      const { processes } = await (await api()).snapshot();
      return processes.some(({ tasks }) =>
        tasks.some(({ id, endedAgoMs }) => id === task.id && endedAgoMs === undefined),
      );
    };
    answer(false);
    await vscode.commands.executeCommand('asyncDebugger.clearTimer', row);
    assert.equal(await isThere(), true);
    answer(true);
    await vscode.commands.executeCommand('asyncDebugger.clearTimer', row);
    await until('it is gone', async () => !(await isThere()) || undefined);
    assert.match(asked[1] ?? '', /^Clear Timer: set\w+ .* callback will not run/);
    const errors = await errorsShown(() => vscode.commands.executeCommand('asyncDebugger.clearTimer', row));
    assert.match(errors.join(), /over already/);
  });
});
