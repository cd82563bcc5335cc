import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Snapshot } from '../../src/protocol/snapshot.js';
import { Debugging } from './support/debugging.js';
import { errorsShown } from './support/errorsShown.js';
import { api, program } from './support/extension.js';
import { until } from '../support/until.js';

describe('Commands', () => {
  let debugging: Debugging;
  let folder: string;

  before(async () => {
    await api();
    folder = mkdtempSync(join(tmpdir(), 'nad-export-'));
    debugging = await Debugging.start({ program: program('waits.js') });
    await debugging.task('the task', ({ name }) => name === 'waitForAnHour');
  });

  after(async () => {
    await debugging.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('copies the tree as text', async () => {
    await vscode.commands.executeCommand('asyncDebugger.refresh');
    const text = await until('a tree in the clipboard', async () => {
      await vscode.commands.executeCommand('asyncDebugger.copyTree');
      const copied = await vscode.env.clipboard.readText();
      return copied.includes('waitForAnHour') ? copied : undefined;
    });
    assert.match(text, /waits\.js/);
  });

  it('exports the snapshot as JSON', async () => {
    const target = join(folder, 'snapshot.json');
    await vscode.commands.executeCommand('asyncDebugger.exportSnapshot', vscode.Uri.file(target));
    const { version, processes } = JSON.parse(readFileSync(target, 'utf8')) as Snapshot;
    assert.equal(version, 1);
    assert.ok(processes.some(({ tasks }) => tasks.some(({ name }) => name === 'waitForAnHour')));
  });

  it('says what to do when the disk is full, and leaves no half file', async function () {
    const target = join(folder, 'full.json');
    symlinkSync('/dev/full', `${target}.part`);
    const errors = await errorsShown(() =>
      vscode.commands.executeCommand('asyncDebugger.exportSnapshot', vscode.Uri.file(target)),
    );
    assert.match(errors.join('\n'), /not saved: .*(ENOSPC|space).* Choose another place/is);
    assert.equal(existsSync(target), false);
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.endsWith('.part')),
      [],
    );
  });
});
