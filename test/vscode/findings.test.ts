import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { isFinding, type ProcessSnapshot } from '../../src/protocol/snapshot.js';
import { until } from '../support/until.js';
import { Debugging } from './support/debugging.js';
import { api, program } from './support/extension.js';
import { lineOf } from './support/sample.js';

/** The fix changes the file, which VS Code may save. */
const FOLDER = realpathSync(mkdtempSync(join(tmpdir(), 'findings-')));
const PROGRAM = join(FOLDER, 'floats.js');
copyFileSync(program('floats.js'), PROGRAM);
const URI = vscode.Uri.file(PROGRAM);
const CALL_LINE = lineOf(readFileSync(PROGRAM, 'utf8'), '  save();');

describe('Findings', () => {
  let debugging: Debugging | undefined;

  before(() => api());

  after(() => rmSync(FOLDER, { recursive: true, force: true }));

  afterEach(async () => {
    await debugging?.stop();
    debugging = undefined;
    await vscode.commands.executeCommand('asyncDebugger.clearWarnings');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('stand in Problems by their severity, are fixed from the light bulb, and tell on demand what keeps it running', async () => {
    const run = (debugging = await Debugging.start({ program: PROGRAM }));
    await run.process('both findings', (process) =>
      ['floatingPromise', 'deadlock'].every((kind) => kinds(process).includes(kind)),
    );
    const problem = await until('the forgotten await in Problems', () =>
      vscode.languages.getDiagnostics(URI).find(({ code }) => code === 'floatingPromise'),
    );
    assert.equal(problem.range.start.line, CALL_LINE - 1);
    assert.equal(problem.severity, vscode.DiagnosticSeverity.Warning);
    assert.match(problem.message, /^Nobody awaits save: it went on after handle had ended\. Await it/);
    const circle = vscode.languages.getDiagnostics(URI).find(({ code }) => code === 'deadlock');
    assert.equal(circle?.severity, vscode.DiagnosticSeverity.Error);
    assert.match(circle.message, /^left and right wait for each other and can never go on/);

    const document = await vscode.workspace.openTextDocument(URI);
    await vscode.window.showTextDocument(document);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      URI,
      problem.range,
    );
    const fix = actions.find(({ title }) => title === 'Add await');
    assert.ok(fix?.edit, actions.map(({ title }) => title).join());
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    assert.equal(document.lineAt(CALL_LINE - 1).text, '  await save();');
    await vscode.commands.executeCommand('workbench.action.files.revert');

    await vscode.commands.executeCommand('asyncDebugger.whyStillRunning');
    const { warnings } = await run.process('what keeps it running', (process) =>
      kinds(process).includes('keptAlive'),
    );
    const alive = warnings.filter(isFinding).find(({ kind }) => kind === 'keptAlive');
    assert.match(alive?.message ?? '', /setTimeout 60,000 ms and 1 other keep the program running/);
  });
});

function kinds({ warnings }: ProcessSnapshot): string[] {
  return warnings.filter(isFinding).map(({ kind }) => kind);
}
