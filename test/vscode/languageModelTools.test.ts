import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Debugging } from './support/debugging.js';
import { api, program } from './support/extension.js';

describe('Tools for the language models of VS Code', () => {
  let debugging: Debugging | undefined;

  before(() => api());

  afterEach(async () => {
    await debugging?.stop();
    debugging = undefined;
  });

  const ask = async (name: string): Promise<string> => {
    const { content } = await vscode.lm.invokeTool(
      `asyncDebugger_${name}`,
      { toolInvocationToken: undefined, input: {} },
      new vscode.CancellationTokenSource().token,
    );
    return content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : '')).join('');
  };

  it('say that nothing is watched while nothing is debugged', async () => {
    assert.match(await ask('async_tasks'), /No program is being watched/);
  });

  it('answer about what is being debugged, with the line', async () => {
    debugging = await Debugging.start({ program: program('waits.js') });
    await debugging.task('the task', ({ name }) => name === 'waitForAnHour');
    assert.match(await ask('explain_hang'), /«waitForAnHour».*\n.*waits\.js:7/);
    assert.match(await ask('why_alive'), /setTimeout 3,600,000 ms.*waits\.js:7/);
  });
});
