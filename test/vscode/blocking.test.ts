import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as vscode from 'vscode';
import type { CpuProfile } from '../../src/model/blocking/cpuProfile.js';
import { type BlockingWarning, isBlocking, type ProcessSnapshot } from '../../src/protocol/snapshot.js';
import { until } from '../support/until.js';
import { Debugging } from './support/debugging.js';
import { errorsShown } from './support/errorsShown.js';
import { api, program, projectFile } from './support/extension.js';
import { lineOf } from './support/sample.js';
import { answering } from './support/answering.js';
import { withSetting } from './support/withSetting.js';

const LOOP = program('endlessLoop.js');
const LOOP_LINE = lineOf(readFileSync(LOOP, 'utf8'), 'for (;;)');
const OFTEN = program('blocksOften.js');
const OFTEN_LINE = lineOf(readFileSync(OFTEN, 'utf8'), 'while (Date.now()');

describe('What blocks', () => {
  let debugging: Debugging | undefined;

  const debug = async (configuration: Record<string, unknown>): Promise<Debugging> =>
    (debugging = await Debugging.start(configuration));

  before(() => api());

  afterEach(async () => {
    await vscode.commands.executeCommand('asyncDebugger.doNotBreakOnBlocking');
    await debugging?.stop();
    debugging = undefined;
    await vscode.commands.executeCommand('asyncDebugger.clearWarnings');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('is where the debugger stops with Pause There, in an endless loop', async () => {
    const run = await debug({ program: LOOP });
    const { session } = await run.process('a blocked process', ({ state }) => state === 'blocked');
    await vscode.commands.executeCommand('asyncDebugger.pauseThere', { session });
    assert.deepEqual(await placeOfPause(run, session), ['endlessLoop.js', LOOP_LINE, 'spin']);
    const [warning] = (await run.process('paused', ({ state }) => state === 'paused')).warnings;
    assert.equal(warning?.site?.line, LOOP_LINE);
  });

  it('needs not be named for Pause There', async () => {
    const run = await debug({ program: LOOP });
    const { session } = await run.process('a blocked process', ({ state }) => state === 'blocked');
    await until('the view knows it', async () => {
      const errors = await errorsShown(() => vscode.commands.executeCommand('asyncDebugger.pauseThere'));
      return errors.length === 0 || undefined;
    });
    await run.process('paused', ({ state, session: id }) => state === 'paused' && id === session);
  });

  it('is not our own question that an idle program is paused in', async () => {
    const run = await debug({ program: program('attachable.js'), skipFiles: ['<node_internals>/**'] });
    const { session } = await run.process('the process', ({ state }) => state === 'running');
    await run.task('a task', ({ name }) => name === 'round');
    const debugSession = run.alive().find(({ id }) => id === session);
    await debugSession?.customRequest('pause', { threadId: 0 });
    const [file] = await placeOfPause(run, session);
    assert.notEqual(file, '', 'it stands in a file, of the program or of Node');
  });

  it('is not paused when it has ended', async () => {
    const run = await debug({ program: program('waits.js') });
    const { session } = await run.process('the process', ({ state }) => state === 'running');
    const errors = await errorsShown(() =>
      vscode.commands.executeCommand('asyncDebugger.pauseThere', { session }),
    );
    assert.match(errors.join('\n'), /Nothing is blocked any more.*Break on Blocking/);
    assert.equal((await run.process('the process', ({ session: id }) => id === session)).state, 'running');
  });

  it('pauses when a native call returns, and says that it cannot before', async () => {
    const run = await debug({ program: OFTEN, args: ['--native'] });
    const { session } = await run.process(
      'a native call',
      ({ state, blocked }) => state === 'blocked' && (blocked?.durationMs ?? 0) > 600,
    );
    const told = await answering('showInformationMessage', undefined, () =>
      vscode.commands.executeCommand('asyncDebugger.pauseThere', { session }),
    );
    assert.match(told.join('\n'), /blocksOften\.js is in native code.*stop as soon as the call returns/);
    await run.process('paused', ({ state }) => state === 'paused', 10_000);
  });

  it('is paused by itself with Break on Blocking, once', async () => {
    const run = await debug({ program: LOOP });
    await vscode.commands.executeCommand('asyncDebugger.breakOnBlocking');
    const { session } = await run.process('paused', ({ state }) => state === 'paused', 10_000);
    assert.deepEqual(await placeOfPause(run, session), ['endlessLoop.js', LOOP_LINE, 'spin']);
    await vscode.commands.executeCommand('workbench.action.debug.continue');
    const { warnings } = await run.process(
      'blocked for longer',
      ({ state, blocked }) => state === 'blocked' && (blocked?.durationMs ?? 0) > 2_500,
    );
    assert.equal(warnings.filter(isBlocking).length, 1);
  });

  it('can be looked at as a CPU profile, in VS Code’s own viewer', async () => {
    const run = await debug({ program: OFTEN });
    const { session, warning } = await grindWarning(run, ({ ongoing }) => !ongoing);
    await vscode.commands.executeCommand('asyncDebugger.showProfile', { session, warning: warning.id });
    const tab = await until('a tab with the profile', () =>
      vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .map(({ input }) => input)
        .find((input) => input instanceof vscode.TabInputCustom && input.uri.path.endsWith('.cpuprofile')),
    );
    assert.ok(tab instanceof vscode.TabInputCustom);
    assert.match(tab.viewType, /jsProfileVisualizer\.cpuprofile/);
    assert.match(basename(tab.uri.fsPath), /-grind\.cpuprofile$/);
    const profile = JSON.parse(readFileSync(tab.uri.fsPath, 'utf8')) as CpuProfile;
    const grind = profile.nodes.find(({ callFrame }) => callFrame.functionName === 'grind');
    assert.ok(grind);
    assert.equal(fileURLToPath(grind.callFrame.url), OFTEN);
    assert.equal(grind.callFrame.lineNumber, OFTEN_LINE - 1);
    assert.ok(grind.positionTicks.some(({ line }) => line === OFTEN_LINE));
    const durationMs = (profile.endTime - profile.startTime) / 1_000;
    assert.ok(durationMs >= 250 && durationMs < 2_000, `${durationMs} ms`);
  });

  it('can be copied as a report, with the paths of the workspace', async () => {
    const run = await debug({ program: OFTEN });
    const { session, warning } = await grindWarning(run, ({ ongoing, count }) => !ongoing && count > 1);
    await vscode.commands.executeCommand('asyncDebugger.copyReport', { session, warning: warning.id });
    const report = await vscode.env.clipboard.readText();
    assert.match(report, /^### (Has b|B)locked the event loop/);
    assert.match(report, /\| Where \| `grind` `.*blocksOften\.js:\d+:\d+` \|/);
    assert.match(report, /\| Times \| [2-9] \|/);
    assert.match(report, /\| Node\.js \| v\d+\.\d+\.\d+, \w+ \w+ \|/);
    assert.match(report, /^- `often` /m);
  });

  it('leaves no profile in the workspace that nobody has asked for', async () => {
    const run = await debug({ program: OFTEN });
    await grindWarning(run, ({ count }) => count > 3);
    await run.stop();
    const files = readdirSync(projectFile('examples')).filter((name) => name.endsWith('.cpuprofile'));
    assert.deepEqual(files, []);
  });

  it('is in Problems with its call path', async () => {
    const run = await debug({ program: OFTEN });
    await grindWarning(run, ({ ongoing }) => !ongoing);
    const { relatedInformation } = await until('an entry in Problems', () => problems()[0]);
    assert.deepEqual(
      relatedInformation?.slice(0, 2).map(({ message, location }) => [message, location.uri.fsPath]),
      [
        ['grind', OFTEN],
        ['often', OFTEN],
      ],
    );
  });

  it('is not reported where it is ignored, until it is not', async () => {
    const settingsFile = projectFile('examples', '.vscode', 'settings.json');
    assert.equal(existsSync(settingsFile), false, 'the sample has no settings of its own');
    const run = await debug({ program: OFTEN });
    const { session, warning } = await grindWarning(run, () => true);
    await until('an entry in Problems', () => problems()[0]);
    const inSettings = (): string[] | undefined =>
      vscode.workspace.getConfiguration('asyncDebugger').get('blocking.ignore');
    try {
      const [choices] = await answering(
        'showQuickPick',
        (items: unknown) => (items as unknown[])[0],
        () => vscode.commands.executeCommand('asyncDebugger.ignoreHere', { session, warning: warning.id }),
      );
      assert.match(JSON.stringify(choices), /The Function grind/);
      assert.match(await until('the setting', () => inSettings()?.[0]), /blocksOften\.js#grind$/);
      await until('no entry in Problems', () => problems().length === 0 || undefined);
      assert.ok((await grindWarning(run, () => true)).warning, 'others who ask still hear of it');
    } finally {
      const settings = vscode.workspace.getConfiguration('asyncDebugger');
      await settings.update('blocking.ignore', undefined, vscode.ConfigurationTarget.Workspace);
      rmSync(settingsFile, { force: true });
    }
    await until('an entry in Problems again', () => problems()[0]);
  });

  it('is told of in a notification where the setting says so, once for each place', async () => {
    await withSetting('blocking.notify', true, async () => {
      const told = await answering('showWarningMessage', undefined, async () => {
        const run = await debug({ program: OFTEN });
        await grindWarning(run, ({ count }) => count >= 3);
      });
      const notices = told.filter((text) => text.includes('the event loop is blocked'));
      assert.deepEqual(notices.length, 1, told.join('\n'));
      assert.match(
        notices[0] ?? '',
        /^blocksOften\.js: the event loop is blocked by grind, blocksOften\.js:\d+\.$/,
      );
    });
  });

  it('is not told of in notifications otherwise', async () => {
    const told = await answering('showWarningMessage', undefined, async () => {
      const run = await debug({ program: OFTEN });
      await grindWarning(run, ({ count }) => count >= 2);
    });
    assert.deepEqual(told, []);
  });
});

/** File name, line and function that VS Code shows as the place where the session stands. */
interface Frame {
  name: string;
  line: number;
  source?: { path?: string };
}

async function placeOfPause(run: Debugging, session: string): Promise<[string, number, string]> {
  await run.process('paused', ({ state, session: id }) => state === 'paused' && id === session, 5_000);
  const debugSession = run.alive().find(({ id }) => id === session);
  assert.ok(debugSession);
  const { threads } = (await debugSession.customRequest('threads')) as { threads: { id: number }[] };
  // the debugger goes on by itself where it stopped in code that is skipped, and then has no stack
  const top = await until('a stack', async () => {
    try {
      const request = { threadId: threads[0]?.id, levels: 1 };
      const answer = (await debugSession.customRequest('stackTrace', request)) as { stackFrames: Frame[] };
      return answer.stackFrames[0];
    } catch {
      return undefined;
    }
  });
  return [basename(top.source?.path ?? ''), top.line, top.name.replace(/^.*\./, '')];
}

async function grindWarning(
  run: Debugging,
  isIt: (warning: BlockingWarning) => boolean,
): Promise<{ session: string; warning: BlockingWarning }> {
  const find = ({ warnings }: ProcessSnapshot): BlockingWarning | undefined =>
    warnings.filter(isBlocking).find((warning) => warning.site?.function === 'grind' && isIt(warning));
  const process = await run.process('a warning about grind', (one) => find(one) !== undefined);
  const warning = find(process);
  assert.ok(warning);
  return { session: process.session, warning };
}

function problems(): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(vscode.Uri.file(OFTEN)).filter(({ code }) => code === 'blocking');
}
