import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import * as vscode from 'vscode';
import { answering } from './support/answering.js';
import { errorsShown } from './support/errorsShown.js';
import { Debugging } from './support/debugging.js';
import { api, program } from './support/extension.js';
import { until } from '../support/until.js';

/** A program that was started without us and hangs: people attach to it when it has already happened. */
describe('X-ray', () => {
  let hung: ChildProcess;
  let debugging: Debugging;

  before(async () => {
    await api();
    hung = spawn(process.execPath, ['--inspect=127.0.0.1:0', program('hangs.js')], {
      env: { ...process.env, NODE_OPTIONS: undefined, ELECTRON_RUN_AS_NODE: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    hung.stderr?.on('data', (data: Buffer) => (said += data.toString()));
    const port = await until('an inspector', () => /ws:\/\/127\.0\.0\.1:(\d+)/.exec(said)?.[1]);
    debugging = await Debugging.start({ request: 'attach', address: '127.0.0.1', port: Number(port) });
    await debugging.process('the process', ({ state }) => state === 'running');
  });

  after(async () => {
    await debugging.stop();
    hung.kill('SIGKILL');
  });

  it('shows the await tree of the program below its row, light or deep', async () => {
    for (const [at, row] of [
      [0, /from the look of \d/],
      [1, /resolve function is held by waiting\[0\]/],
    ] as const) {
      const choose = (items: unknown): unknown => (items as unknown[])[at];
      const look = (): Thenable<unknown> => vscode.commands.executeCommand('asyncDebugger.xray');
      assert.deepEqual(await errorsShown(() => answering('showQuickPick', choose, look)), []);
      const text = await until('the tree', async () => {
        await vscode.commands.executeCommand('asyncDebugger.copyTree');
        const copied = await vscode.env.clipboard.readText();
        if (!row.test(copied)) throw new Error(copied);
        return copied;
      });
      assert.match(
        text,
        /transfer {2}⟶ readBalance {2}hangs\.js:17\n +readBalance {2}⟶ lock {2}hangs\.js:12/,
      );
    }
  });

  it('says what is stuck', async () => {
    const asked = await answering('showQuickPick', undefined, () =>
      vscode.commands.executeCommand('asyncDebugger.whatIsStuck'),
    );
    assert.match(asked.join(), /hangs\.js:7.*lock \(hangs\.js:7\) waits for .*waiting\[0\] \(hangs\.js\)/);
  });

  it('leaves the program and the debugger as they were', () => {
    assert.equal(debugging.alive().length > 0, true);
    assert.equal(hung.exitCode, null);
  });
});
