import assert from 'node:assert/strict';
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import type { ProcessSnapshot, Snapshot } from '../../src/protocol/snapshot.js';
import { until } from '../support/until.js';
import { Debugging } from './support/debugging.js';
import { api, program, projectFile } from './support/extension.js';
import { lineOf } from './support/sample.js';
import { liveTasks, treeDifferences } from './support/treeComparison.js';

const PROGRAM = program('held.js');
const TICK = lineOf(readFileSync(PROGRAM, 'utf8'), "emit('tick')") - 1;
const LEAST_TASKS = 40;
/** What is said of a promise that nobody settles is said of none that is younger than a second. */
const HELD_MS = 1_500;

describe('The tree of a program that is held', () => {
  let debugging: Debugging;
  let running: ProcessSnapshot[];

  before(async () => {
    await api();
    debugging = await Debugging.start({ program: PROGRAM });
    running = await until('a held program', async () => restingThreads(await debugging.processes()));
  });

  after(() => debugging.stop());

  it('is the same, task for task, from the command line', async function () {
    tell(this.test, expectSame(running, await lookFromOutside()));
  });

  it('is the same, task for task, while it is paused', async function () {
    const place = new vscode.Location(vscode.Uri.file(PROGRAM), new vscode.Position(TICK, 0));
    const breakpoint = new vscode.SourceBreakpoint(place);
    vscode.debug.addBreakpoints([breakpoint]);
    try {
      await debugging.process('a paused process', ({ state }) => state === 'paused');
      // What was asked for before the breakpoint may have come after it.
      const paused = heldThreads(await debugging.processes()) ?? [];
      // The one thing that has changed is what the breakpoint holds.
      const held = paused.flatMap(({ tasks }) => tasks.filter(({ state }) => state === 'running'));
      assert.deepEqual(
        held.map(({ name }) => name),
        ['setInterval 20 ms'],
      );
      for (const task of held) task.state = 'pending';
      tell(this.test, expectSame(running, paused));
    } finally {
      vscode.debug.removeBreakpoints([breakpoint]);
      await vscode.commands.executeCommand('workbench.action.debug.continue');
    }
  });
});

/** The main thread and the worker, when both have been held for a while. */
function heldThreads(processes: readonly ProcessSnapshot[]): ProcessSnapshot[] | undefined {
  const found = ['everythingIsHeld', 'work'].map((last) =>
    processes.find(({ tasks }) => tasks.some(({ name, ageMs }) => name === last && ageMs >= HELD_MS)),
  );
  return found.every((process) => process !== undefined) ? found : undefined;
}

/**
 * The same at a moment when no timer is just running.
 * @throws with what there is instead
 */
function restingThreads(processes: readonly ProcessSnapshot[]): ProcessSnapshot[] {
  const held = heldThreads(processes);
  assert.ok(held, processes.map(({ name, state, tasks }) => `${name} ${state}, ${tasks.length}`).join('\n'));
  const running = held.flatMap(({ tasks }) => tasks.filter(({ state }) => state === 'running'));
  assert.deepEqual(
    running.map(({ name }) => name),
    [],
  );
  return held;
}

/** @returns how many tasks there are */
function expectSame(expected: readonly ProcessSnapshot[], actual: readonly ProcessSnapshot[]): number {
  const differences = expected.flatMap((process, index) => {
    const other = actual[index];
    return other ? treeDifferences(process, other) : ['a process is missing'];
  });
  assert.deepEqual(differences, []);
  const tasks = actual.flatMap(liveTasks);
  assert.ok(tasks.length >= LEAST_TASKS, `${tasks.length} tasks`);
  return tasks.length;
}

/** Puts the figure beside the test's name, for those who read the report. */
function tell(test: Mocha.Runnable | undefined, tasks: number): void {
  if (test) test.title += `: ${tasks} tasks, 0 differences`;
}

/** What the command line tool says of the same program, run by the same Node without VS Code. */
async function lookFromOutside(): Promise<ProcessSnapshot[]> {
  const args = ['--require', projectFile('dist', 'agent.js'), '--inspect=127.0.0.1:0', PROGRAM];
  const child = spawn('node', args, { stdio: ['ignore', 'pipe', 'pipe'] });
  try {
    const inspector = await inspectorOf(child);
    return await until('a held program', async () => restingThreads((await pstree(inspector)).processes));
  } finally {
    child.kill('SIGKILL');
  }
}

function inspectorOf(child: ChildProcess): Promise<string> {
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text));
  return until('the inspector of the program', () => /ws:\/\/([^/]+)/.exec(said)?.[1]);
}

async function pstree(inspector: string): Promise<Snapshot> {
  const args = [projectFile('dist', 'cli.js'), 'pstree', '--json', inspector];
  const { stdout } = await promisify(execFile)('node', args, { maxBuffer: 100_000_000 });
  return JSON.parse(stdout) as Snapshot;
}
