import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeAutoAttachLoader } from '../../src/session/autoAttachLoader.js';
import { requireOption } from '../../src/session/injection.js';
import { builtAgent } from '../support/builtAgent.js';
import { forEachNode, type NodeUnderTest } from '../support/nodeVersions.js';

/** Stands for what the debugger requires in front: it marks the process, and opens the inspector where it attaches. */
const BOOTLOADER = `
  Object.defineProperty(global, '$jsDebugIsRegistered', { value: true });
  if (process.env.ATTACH && require('worker_threads').isMainThread) require('inspector').open(0);
`;

const PROGRAM = `
  const { Worker, isMainThread } = require('worker_threads');
  const agent = Symbol.for('nodejs.asyncDebugger.agent') in globalThis;
  process.stdout.write((isMainThread ? 'main ' : 'worker ') + agent + '\\n');
  const cached = Object.keys(require.cache).join();
  if (/autoAttach|agent/.test(cached)) throw new Error(cached);
  if (isMainThread) new Worker(__filename).on('exit', () => process.exit());
`;

describe('The loader for auto attach', () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'nad loader '));
    writeFileSync(join(folder, 'bootloader.js'), BOOTLOADER);
    writeFileSync(join(folder, 'program.js'), PROGRAM);
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  const printed = async (
    node: NodeUnderTest,
    { agent = builtAgent(), bootloader = true, attach = true } = {},
  ): Promise<string> => {
    const files = [...(bootloader ? [join(folder, 'bootloader.js')] : [])];
    files.push(await writeAutoAttachLoader(folder, agent));
    const env = {
      ...process.env,
      NODE_OPTIONS: files.map(requireOption).join(' '),
      ATTACH: attach ? '1' : '',
    };
    const { stdout, status } = spawnSync(node.path, [join(folder, 'program.js')], { env, encoding: 'utf8' });
    assert.equal(status, 0);
    return stdout;
  };

  forEachNode((node) => {
    it('loads the agent where the debugger has attached itself, in workers too', async () => {
      assert.equal(await printed(node), 'main true\nworker true\n');
    });

    it('does nothing where the debugger has not attached itself, or is not there', async () => {
      assert.equal(await printed(node, { attach: false }), 'main false\nworker false\n');
      assert.equal(await printed(node, { bootloader: false }), 'main false\nworker false\n');
    });

    it('does nothing where the extension is gone', async () => {
      const agent = join(folder, 'gone', 'agent.js');
      assert.equal(await printed(node, { agent }), 'main false\nworker false\n');
    });
  });

  it('is written again where another version of the extension left it, and leaves nothing beside it', async () => {
    const storage = join(folder, 'storage');
    await writeAutoAttachLoader(storage, '/old/agent.js');
    const file = await writeAutoAttachLoader(storage, '/new/agent.js');
    assert.match(readFileSync(file, 'utf8'), /require\("\/new\/agent\.js"\)/);
  });
});
