import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { AsyncStacks } from '../../src/session/asyncStacks.js';
import { until } from '../support/until.js';
import { Debugging } from './support/debugging.js';
import { errorsShown } from './support/errorsShown.js';
import { api, program } from './support/extension.js';
import { lineOf } from './support/sample.js';
import { withSetting } from './support/withSetting.js';

const PROGRAM = program('asyncCallers.js');
/** The machine may be busy with other things; mocha gives up a little later. */
const LIMIT_MS = 50_000;
const WANTED: AsyncStacks[] = ['asConfigured', 'onceBreakpoint', 'off'];

describe('Async stacks', () => {
  let debugging: Debugging | undefined;

  const debug = async (configuration: Record<string, unknown>): Promise<Debugging> =>
    (debugging = await Debugging.start({ program: PROGRAM, ...configuration }));

  before(() => api());

  afterEach(async () => {
    vscode.debug.removeBreakpoints(vscode.debug.breakpoints);
    await vscode.commands.executeCommand('asyncDebugger.showAllTasks');
    await debugging?.stop();
    debugging = undefined;
  });

  for (const wanted of WANTED) {
    describe(wanted, () => {
      it('shows the callers that the debugger knows at a breakpoint, and all of them itself', async () => {
        await withSetting('session.asyncStacks', wanted, async () => {
          breakAt('return check(round);');
          const session = await paused(await debug({}));
          await assertCallers(session, wanted !== 'off');
        });
      });

      it('prints a logpoint and does not stop', async () => {
        await withSetting('session.asyncStacks', wanted, async () => {
          breakAt('return check(round);', 'round {round}');
          const run = await debug({});
          await until('the logpoint', () => /round [1-9]/.exec(run.printed()) ?? undefined);
          const { session } = await run.process(
            'a running process',
            ({ state }) => state === 'running',
            LIMIT_MS,
          );
          await until('more of it', () => /round [1-9]\d\d/.exec(run.printed()) ?? undefined, 30_000);
          assert.equal((await run.processes()).find((one) => one.session === session)?.state, 'running');
        });
      });

      it('shows them when the program is paused by hand', async () => {
        await withSetting('session.asyncStacks', wanted, async () => {
          const run = await debug({ args: ['spins'] });
          const { session } = await run.process(
            'a blocked process',
            ({ state }) => state === 'blocked',
            LIMIT_MS,
          );
          await vscode.commands.executeCommand('asyncDebugger.pauseThere', { session });
          await assertCallers(await paused(run), wanted === 'asConfigured');
        });
      });

      it('shows them at an exception', async () => {
        await withSetting('session.asyncStacks', wanted, async () => {
          const run = await debug({ args: ['throws'] });
          await run.process('a running process', ({ state }) => state === 'running', LIMIT_MS);
          for (const session of run.alive())
            if (session.parentSession !== undefined)
              await session.customRequest('setExceptionBreakpoints', { filters: ['all'] });
          await assertCallers(await paused(run), wanted === 'asConfigured');
        });
      });
    });
  }

  it('keeps what the launch configuration says', async () => {
    await withSetting('session.asyncStacks', 'off', async () => {
      breakAt('return check(round);');
      const session = await paused(await debug({ showAsyncStacks: { onAttach: 4 } }));
      await assertCallers(session, true);
    });
  });

  it('asks to pause first where a program runs', async () => {
    const run = await debug({});
    const { session } = await run.process('a running process', ({ state }) => state === 'running', LIMIT_MS);
    const errors = await errorsShown(() =>
      vscode.commands.executeCommand('asyncDebugger.showCreationChain', { sessionId: session }),
    );
    assert.match(errors.join('\n'), /^Pause the program first/);
  });
});

function breakAt(text: string, logMessage?: string): void {
  const line = lineOf(readFileSync(PROGRAM, 'utf8'), text) - 1;
  const location = new vscode.Location(vscode.Uri.file(PROGRAM), new vscode.Position(line, 0));
  vscode.debug.addBreakpoints([
    new vscode.SourceBreakpoint(location, true, undefined, undefined, logMessage),
  ]);
}

/** The session of the program's process, as soon as the debugger holds it. */
async function paused(run: Debugging): Promise<vscode.DebugSession> {
  const { session } = await run.process('a paused process', ({ state }) => state === 'paused', LIMIT_MS);
  const found = run.alive().find(({ id }) => id === session);
  assert.ok(found);
  return found;
}

async function assertCallers(session: vscode.DebugSession, inCallStack: boolean): Promise<void> {
  const names = await callStack(session);
  const known = names.filter((name) => /^(query|handler|main)$/.test(name));
  assert.deepEqual(known, inCallStack ? ['query', 'handler', 'main'] : ['query'], names.join(' < '));
  await vscode.commands.executeCommand('asyncDebugger.showCreationChain', { sessionId: session.id });
  await vscode.commands.executeCommand('asyncDebugger.copyTree');
  const chain = await vscode.env.clipboard.readText();
  assert.match(chain, /^query .*\n[^]*^Called by .*\n {2}handler .*\n {2}main /m);
}

/** Names of the functions in VS Code's call stack, those across awaits included; top first. */
async function callStack(session: vscode.DebugSession): Promise<string[]> {
  const { threads } = (await session.customRequest('threads')) as { threads: { id: number }[] };
  const { stackFrames } = (await session.customRequest('stackTrace', {
    threadId: threads[0]?.id,
    startFrame: 0,
    levels: 50,
  })) as { stackFrames: { name: string }[] };
  return stackFrames.map(({ name }) => name.replace(/^.*\./, ''));
}
