import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Debugging } from './support/debugging.js';
import { api, program, projectFile } from './support/extension.js';
import { withSetting } from './support/withSetting.js';
import { AGENT_LIMIT_BYTES } from '../support/builtAgent.js';
import { until } from '../support/until.js';

describe('Instrumentation', () => {
  let debugging: Debugging | undefined;

  const debug = async (configuration: Record<string, unknown>): Promise<Debugging> =>
    (debugging = await Debugging.start(configuration));

  before(() => api());

  afterEach(async () => {
    await debugging?.stop();
    debugging = undefined;
  });

  it('loads the agent with a program', async () => {
    const run = await debug({ program: program('waits.js') });
    await run.task('the task', ({ name }) => name === 'waitForAnHour');
    assert.match(run.printed(), /NODE_OPTIONS: .*agent\.js/);
  });

  it("keeps the program's own NODE_OPTIONS", async () => {
    const run = await debug({
      program: program('waits.js'),
      env: { NODE_OPTIONS: '--stack-trace-limit=17' },
    });
    await run.task('the task', ({ name }) => name === 'waitForAnHour');
    assert.match(run.printed(), /NODE_OPTIONS: .*agent\.js.*--stack-trace-limit=17/);
  });

  it('leaves a program alone that opts out', async () => {
    const run = await debug({ program: program('waits.js'), asyncDebugger: false });
    await until('its output', () => /NODE_OPTIONS: /.exec(run.printed()) ?? undefined);
    assert.doesNotMatch(run.printed(), /agent\.js/);
    assert.deepEqual(await run.processes(), []);
  });

  it('leaves every program alone while it is switched off', async () => {
    await withSetting('enabled', false, async () => {
      const run = await debug({ program: program('waits.js') });
      await until('its output', () => /NODE_OPTIONS: /.exec(run.printed()) ?? undefined);
      assert.doesNotMatch(run.printed(), /agent\.js/);
      assert.deepEqual(await run.processes(), []);
    });
  });

  it('goes on with the default where a setting is wrong', async () => {
    await withSetting('blocking.thresholdMs', 'soon', async () => {
      const run = await debug({ program: program('endlessLoop.js') });
      await run.process('a blocked process', ({ state }) => state === 'blocked');
    });
  });

  it('instruments a running program that is attached to', async () => {
    const { child, port } = await spawnInspected(program('attachable.js'));
    try {
      const run = await debug({ request: 'attach', address: '127.0.0.1', port });
      const task = await run.task(
        'a task that began after attaching',
        ({ name, awaitingAt }) => name === 'round' && awaitingAt !== undefined,
      );
      assert.equal(task.awaitingAt?.file, program('attachable.js'));
      const main = await run.process('the program', ({ name }) => name === 'attachable.js');
      assert.match(main.note ?? '', /^Attached while it ran: older tasks are not shown until they go on/);
      const older = main.tasks.filter(({ type, beforeAttach }) => type === 'TCPSERVERWRAP' && beforeAttach);
      assert.equal(older.length, 1);
      await run.stop();
      assert.equal(child.exitCode, null);
    } finally {
      child.kill('SIGKILL');
    }
  });

  it('says so where the agent in the program is of another version', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'nad-agent-'));
    const other = join(folder, 'otherAgent.js');
    const key = 'nodejs.asyncDebugger.agent';
    writeFileSync(other, `globalThis[Symbol.for('${key}')] = { protocol: 99, version: '99.0.0' };`);
    const { child, port } = await spawnInspected(program('attachable.js'), ['--require', other]);
    try {
      const run = await debug({ request: 'attach', address: '127.0.0.1', port });
      const { note } = await run.process('an unavailable process', ({ state }) => state === 'unavailable');
      assert.match(note ?? '', /99\.0\.0.*restart/i);
    } finally {
      child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('holds an agent as built with the extension', () => {
    assert.ok(readFileSync(projectFile('dist', 'agent.body.js')).length <= AGENT_LIMIT_BYTES);
  });
});

async function spawnInspected(
  file: string,
  options: string[] = [],
): Promise<{ child: ChildProcess; port: number }> {
  const child = spawn(process.execPath, [...options, '--inspect=127.0.0.1:0', file], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  let printed = '';
  child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const port = await until('the inspector', () => /ws:\/\/127\.0\.0\.1:(\d+)/.exec(printed)?.[1]);
  return { child, port: Number(port) };
}
