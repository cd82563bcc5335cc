import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { Debugging } from './support/debugging.js';
import { errorsShown } from './support/errorsShown.js';
import { api, program } from './support/extension.js';
import { lineOf } from './support/sample.js';
import { until } from '../support/until.js';

const FILE = program('stops.js');
const SOURCE = readFileSync(FILE, 'utf8');

describe('A program at a breakpoint', () => {
  let debugging: Debugging | undefined;
  const stops: vscode.Breakpoint[] = [];

  before(() => api());

  afterEach(async () => {
    vscode.debug.removeBreakpoints(stops.splice(0));
    await debugging?.stop();
    debugging = undefined;
  });

  const stopAt = async (text: string) => {
    const place = new vscode.Position(lineOf(SOURCE, text) - 1, 0);
    stops.push(new vscode.SourceBreakpoint(new vscode.Location(vscode.Uri.file(FILE), place)));
    debugging = await Debugging.start({ program: FILE });
    await debugging.task('what waits', ({ name }) => name === 'waits');
    vscode.debug.addBreakpoints(stops);
    const process = await debugging.process('a pause', ({ paused }) => paused?.site !== undefined);
    assert.equal(process.paused?.site?.line, lineOf(SOURCE, text));
    return { process, stands: process.tasks.find(({ id }) => id === process.paused?.task) };
  };

  it('marks the task that the debugger stands in, at the line where it does', async () => {
    const { process, stands } = await stopAt('return price');
    assert.equal(stands?.name, 'checkout');
    assert.equal(process.paused?.taskSite?.line, lineOf(SOURCE, '= priceOf(cart)'));
    const row = new RegExp(`checkout  paused here.*stops\\.js:${lineOf(SOURCE, '= priceOf(cart)')}`);
    const tree = await until('its row', async () => {
      await vscode.commands.executeCommand('asyncDebugger.copyTree');
      const copied = await vscode.env.clipboard.readText();
      return row.test(copied) ? copied : undefined;
    });
    assert.doesNotMatch(tree, /(main|waits) .*paused here/);
  });

  it('says nothing of a task where it stands in none', async () => {
    const { stands, process } = await stopAt('tick += 1');
    assert.equal(process.paused?.task, undefined);
    assert.equal(stands, undefined);
  });

  it('leads from the call stack to the task of a frame, also of one that awaits', async () => {
    const { process } = await stopAt('return price');
    const ask = (line?: number): Promise<string[]> =>
      errorsShown(() =>
        vscode.commands.executeCommand('asyncDebugger.showTask', {
          sessionId: process.session,
          ...(line !== undefined && {
            frameLocation: { range: { startLineNumber: line }, source: { path: FILE } },
          }),
        }),
      );
    assert.deepEqual(await ask(), []);
    assert.deepEqual(await ask(lineOf(SOURCE, '= priceOf(cart)')), []);
    assert.deepEqual(await ask(lineOf(SOURCE, 'await checkout')), []);
    assert.match((await ask(1)).join(), /No task is known/);
    await until('the selected frame', () => vscode.debug.activeStackItem);
    assert.deepEqual(await errorsShown(() => vscode.commands.executeCommand('asyncDebugger.showTask')), []);
  });
});
