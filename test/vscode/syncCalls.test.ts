import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { isTimed, type ProcessSnapshot, type TimedWarning } from '../../src/protocol/snapshot.js';
import { until } from '../support/until.js';
import { Debugging } from './support/debugging.js';
import { api, program } from './support/extension.js';
import { lineOf } from './support/sample.js';
import { withSetting } from './support/withSetting.js';

const PROGRAM = program('readsInHandler.js');
const TEXT = readFileSync(PROGRAM, 'utf8');
const READ_LINE = lineOf(TEXT, 'fs.readFileSync(');
const EXISTS_LINE = lineOf(TEXT, 'existsSync(__filename)');
/** Polls after which all that was counted before has come. */
const WHILE_MS = 1_000;

describe('Synchronous calls of a server', () => {
  let debugging: Debugging | undefined;

  before(() => api());

  afterEach(async () => {
    await debugging?.stop();
    debugging = undefined;
    await vscode.commands.executeCommand('asyncDebugger.clearWarnings');
  });

  it('are reported at their lines where the setting says so', async () => {
    await withSetting('checks.syncCalls', true, async () => {
      debugging = await Debugging.start({ program: PROGRAM });
      const { warnings } = await debugging.process('both warnings', (process) =>
        [READ_LINE, EXISTS_LINE].every((line) => (callAt(process, line)?.count ?? 0) > 2),
      );
      assert.deepEqual(warnings.filter(isTimed).map(shown).sort(), [
        `fs.existsSync in serve, line ${EXISTS_LINE}`,
        `fs.readFileSync in readAll, line ${READ_LINE}`,
      ]);
      const problem = await until('an entry in Problems', () =>
        problems().find(({ range }) => range.start.line === READ_LINE - 1),
      );
      assert.match(problem.message, /^fs\.readFileSync held up the server for [\d.]+ ms/);
    });
  });

  it('are reported from when the setting is changed until it is changed back', async () => {
    const run = (debugging = await Debugging.start({ program: PROGRAM }));
    await run.task('a request', ({ name }) => name === 'ask');
    const count = async (): Promise<number> => {
      const [process] = await run.processes();
      return (process && callAt(process, READ_LINE)?.count) ?? 0;
    };
    assert.equal(await count(), 0);
    await withSetting('checks.syncCalls', true, async () => {
      await until('a warning', async () => (await count()) > 2 || undefined);
    });
    await until('no more calls', async () => {
      const before = await count();
      await new Promise((resolve) => setTimeout(resolve, WHILE_MS));
      return (await count()) === before || undefined;
    });
  });
});

function callAt({ warnings }: ProcessSnapshot, line: number): TimedWarning | undefined {
  return warnings.filter(isTimed).find(({ kind, site }) => kind === 'syncCall' && site?.line === line);
}

function shown({ message, site }: TimedWarning): string {
  return `${message.split(' ', 1)[0]} in ${site?.function}, line ${site?.line}`;
}

function problems(): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(vscode.Uri.file(PROGRAM)).filter(({ code }) => code === 'syncCall');
}
