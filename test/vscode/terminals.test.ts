import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { ProcessSnapshot } from '../../src/protocol/snapshot.js';
import { Debugging } from './support/debugging.js';
import { api, program } from './support/extension.js';
import { until } from '../support/until.js';
import { withSetting } from './support/withSetting.js';

/** The file that terminals require while auto attach is on. */
const LOADER = 'autoAttach.js';

const CHAIN = ['main', 'connect', 'readConfig'];

describe('In a terminal', () => {
  let terminal: vscode.Terminal | undefined;
  let folder: string;
  let files = 0;

  before(async () => {
    await api();
    folder = mkdtempSync(join(tmpdir(), 'nad-terminal-'));
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  afterEach(async () => {
    terminal?.dispose();
    terminal = undefined;
    await until('no debug session is left', async () => (await shown()).length === 0 || undefined);
  });

  it('with a debugger a program is shown from its first task on', async () => {
    terminal = await debugTerminal();
    terminal.sendText(`node "${program('chain.js')}"`);
    const { note } = await untilShown('chain.js');
    assert.equal(note, undefined);
  });

  it('with a debugger its worker is, too', async () => {
    terminal = await debugTerminal();
    terminal.sendText(`node "${program('chain.js')}" worker`);
    const { note } = await untilShown('chain.js', ({ threadId }) => threadId > 0);
    assert.equal(note, undefined);
  });

  it('with a debugger nothing is loaded while it is switched off', async () => {
    await withSetting('enabled', false, async () => {
      terminal = await debugTerminal();
      const { options, agent } = await told(terminal);
      assert.match(options, /bootloader/);
      assert.doesNotMatch(options, /agent\.js/);
      assert.equal(agent, false);
    });
  });

  it('of a launch configuration that opts out no agent starts', async () => {
    const file = join(folder, 'told.json');
    const command = `node "${program('tellsOptions.js')}" "${file}"`;
    const run = await Debugging.start({ type: 'node-terminal', command, asyncDebugger: false });
    try {
      assert.equal((await toldIn(file)).agent, false);
    } finally {
      await run.stop();
    }
  });

  it('without a debugger NODE_OPTIONS stay as they are', async () => {
    terminal = vscode.window.createTerminal();
    const { options, agent } = await told(terminal);
    assert.equal(options, process.env['NODE_OPTIONS'] ?? '');
    assert.equal(agent, false);
  });

  describe('with auto attach', () => {
    before(() => setAutoAttach('always'));
    after(() => setAutoAttach(undefined));

    it('a program is shown from its first task on', async () => {
      terminal = await terminalThatAttaches();
      terminal.sendText(`node "${program('chain.js')}"`);
      const { note } = await untilShown('chain.js');
      assert.equal(note, undefined);
    });

    it('its worker is, too', async () => {
      terminal = await terminalThatAttaches();
      terminal.sendText(`node "${program('chain.js')}" worker`);
      const { note } = await untilShown('chain.js', ({ threadId }) => threadId > 0);
      assert.equal(note, undefined);
    });

    it('nothing is loaded into a program that the debugger leaves alone', async () => {
      await setAutoAttach('onlyWithFlag');
      terminal = await terminalThatAttaches();
      assert.equal((await told(terminal)).agent, false);
    });

    it('terminals are left alone while it is switched off', async () => {
      await withSetting('enabled', false, async () => {
        await until('a terminal without the loader', async () => {
          terminal?.dispose();
          terminal = vscode.window.createTerminal();
          return !(await told(terminal)).options.includes(LOADER) || undefined;
        });
      });
    });
  });

  /** What a program says in this terminal. */
  async function told(where: vscode.Terminal): Promise<Told> {
    const file = join(folder, `told${++files}.json`);
    where.sendText(`node "${program('tellsOptions.js')}" "${file}"`);
    return toldIn(file);
  }

  /** A new terminal, as soon as one loads what auto attach needs: both extensions hear of the setting later than we do. */
  function terminalThatAttaches(): Promise<vscode.Terminal> {
    return until('a terminal that auto attach is at work in', async () => {
      const candidate = vscode.window.createTerminal();
      terminal = candidate;
      const { options } = await told(candidate);
      if (options.includes('bootloader') && options.includes(LOADER)) return candidate;
      candidate.dispose();
      return undefined;
    });
  }
});

interface Told {
  options: string;
  agent: boolean;
}

async function toldIn(file: string): Promise<Told> {
  return until(`what the program says in ${file}`, () => JSON.parse(readFileSync(file, 'utf8')) as Told);
}

async function setAutoAttach(filter: string | undefined): Promise<void> {
  const settings = vscode.workspace.getConfiguration('debug.javascript');
  await settings.update('autoAttachFilter', filter, vscode.ConfigurationTarget.Global);
}

/** What a command makes that people choose by its name, *JavaScript Debug Terminal*. */
async function debugTerminal(): Promise<vscode.Terminal> {
  const opened = new Promise<vscode.Terminal>((resolve) => {
    const listening = vscode.window.onDidOpenTerminal((terminal) => {
      listening.dispose();
      resolve(terminal);
    });
  });
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  await vscode.commands.executeCommand('extension.js-debug.createDebuggerTerminal', undefined, folder);
  return opened;
}

/** Waits until all tasks of the program are shown, those from before the debugger too. */
function untilShown(
  name: string,
  isIt: (process: ProcessSnapshot) => boolean = () => true,
): Promise<ProcessSnapshot> {
  return until(`the tasks of ${name}`, async () =>
    (await shown()).find(
      (process) => isIt(process) && CHAIN.every((task) => process.tasks.some((each) => each.name === task)),
    ),
  );
}

async function shown(): Promise<ProcessSnapshot[]> {
  const { processes } = await (await api()).snapshot();
  return processes.filter(({ state }) => state !== 'ended');
}
