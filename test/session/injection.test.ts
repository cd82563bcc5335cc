import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  bodyOf,
  envFileNodeOptions,
  type LaunchConfiguration,
  withAgent,
  withRequire,
} from '../../src/session/injection.js';
import { builtAgent } from '../support/builtAgent.js';

const AGENT = '/ext/dist/agent.js';
const OPTION = '--require "/ext/dist/agent.js"';

describe('withAgent', () => {
  const cases: { it: string; config: LaunchConfiguration; envFile?: string; nodeOptions: string }[] = [
    { it: 'requires the agent', config: {}, nodeOptions: OPTION },
    {
      it: "keeps the user's own options",
      config: { env: { NODE_OPTIONS: '--enable-source-maps', A: 'b' } },
      nodeOptions: `${OPTION} --enable-source-maps`,
    },
    {
      it: 'keeps those of an environment file',
      config: { env: { A: 'b' } },
      envFile: '--no-warnings',
      nodeOptions: `${OPTION} --no-warnings`,
    },
    {
      it: 'lets env win over an environment file',
      config: { env: { NODE_OPTIONS: '' } },
      envFile: '--no-warnings',
      nodeOptions: OPTION,
    },
    {
      it: 'takes null for none',
      config: { env: { NODE_OPTIONS: null } },
      envFile: '--x',
      nodeOptions: OPTION,
    },
    { it: 'adds nothing twice', config: { env: { NODE_OPTIONS: OPTION } }, nodeOptions: OPTION },
  ];
  for (const { it: title, config, envFile, nodeOptions } of cases) {
    it(title, () => {
      const changed = withAgent(config, AGENT, envFile);
      assert.deepEqual(changed.env, { ...config.env, NODE_OPTIONS: nodeOptions });
    });
  }

  it('adds what the agent is to know from the start', () => {
    const { env } = withAgent<LaunchConfiguration>({ env: { A: 'b' } }, AGENT, '', { ON: '1' });
    assert.deepEqual(env, { A: 'b', ON: '1', NODE_OPTIONS: OPTION });
  });

  it('finds NODE_OPTIONS on Windows however it is written', () => {
    const config: LaunchConfiguration = { env: { Node_Options: '--inspect' } };
    assert.deepEqual(withAgent(config, AGENT, '', {}, 'win32').env, { Node_Options: `${OPTION} --inspect` });
    assert.equal(withAgent(config, AGENT, '', {}, 'linux').env?.['NODE_OPTIONS'], OPTION);
  });

  it('is the same when it is applied again', () => {
    const once = withAgent({ name: 'x', skipFiles: ['a/**'] }, AGENT);
    assert.deepEqual(withAgent(once, AGENT), once);
  });

  it('keeps the skipped files and adds the agent, by the name that its bundle gives itself', () => {
    const { skipFiles } = withAgent({ skipFiles: ['a/**'] }, AGENT);
    assert.deepEqual(skipFiles.slice(0, -1), ['a/**']);
    const name = skipFiles.at(-1)?.replace('<node_internals>/', 'node:') ?? '';
    const bundle = readFileSync(bodyOf(builtAgent()), 'utf8');
    assert.match(bundle, new RegExp(`\\n//# sourceURL=${name}\\s*$`));
  });

  it('does not change the configuration that it was given', () => {
    const config = { env: { NODE_OPTIONS: '--a' }, skipFiles: ['b'] };
    withAgent(config, AGENT);
    assert.deepEqual(config, { env: { NODE_OPTIONS: '--a' }, skipFiles: ['b'] });
  });

  it('leaves child sessions, attach sessions and those who do not want it alone', () => {
    const left = [{ __pendingTargetId: '1' }, { request: 'attach' }, { asyncDebugger: false }];
    for (const config of left) assert.equal(withAgent(config as LaunchConfiguration, AGENT), config);
  });
});

describe('withRequire', () => {
  it('is understood by Node for every path', () => {
    const folder = mkdtempSync(join(tmpdir(), 'injection-'));
    try {
      for (const name of ['plain', 'a b', 'quo"te', 'back\\slash', "it's", 'end\\', 'ünï', '$HOME `x`']) {
        mkdirSync(join(folder, name));
        const file = join(folder, name, 'agent.js');
        writeFileSync(file, `console.log('loaded')`);
        const NODE_OPTIONS = withRequire('--no-warnings', file);
        const { stdout, stderr } = spawnSync(process.execPath, ['-e', '0'], {
          env: { ...process.env, NODE_OPTIONS },
          encoding: 'utf8',
        });
        assert.equal(stdout, 'loaded\n', `${NODE_OPTIONS}\n${stderr}`);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('envFileNodeOptions', () => {
  const files: Record<string, string> = {
    marked: '\uFEFFNODE_OPTIONS=--x',
    plain: 'A=b\nNODE_OPTIONS=--x --y\n',
    quoted: 'export NODE_OPTIONS = "--x"\r\n',
    comment: '# NODE_OPTIONS=--no\nNODE_OPTIONS=--x # why\n',
    none: 'A=b',
    lines: 'A="one\nNODE_OPTIONS=--no\ntwo"\nNODE_OPTIONS=--x',
  };
  const read = (path: string): string | undefined => files[path];
  const cases: [envFile: string | string[] | undefined, expected: string][] = [
    ['plain', '--x --y'],
    ['quoted', '--x'],
    ['comment', '--x'],
    ['marked', '--x'],
    ['none', ''],
    ['lines', '--x'],
    ['missing', ''],
    [undefined, ''],
    [['plain', 'quoted'], '--x'],
    [['plain', 'none'], '--x --y'],
  ];
  for (const [envFile, expected] of cases) {
    it(`reads ${JSON.stringify(envFile)}`, () => {
      const config = envFile === undefined ? {} : { envFile };
      assert.equal(envFileNodeOptions(config, read), expected);
    });
  }
});
