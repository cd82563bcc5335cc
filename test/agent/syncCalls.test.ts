import assert from 'node:assert/strict';
import { SYNC_CALLS_VARIABLE } from '../../src/protocol/wire.js';
import { preloadedAgent } from '../support/builtAgent.js';
import { forEachNode } from '../support/nodeVersions.js';
import { runProgram } from '../support/runProgram.js';
import { type Found, PROGRAMS } from './syncCallsProgram.js';

describe('Synchronous calls of a server', function () {
  this.timeout(240_000);

  forEachNode((node) => {
    async function find(program: keyof typeof PROGRAMS, env: NodeJS.ProcessEnv): Promise<Found> {
      const preload = preloadedAgent();
      const { stdout, stderr } = await runProgram(node.path, [], PROGRAMS[program], { ...preload, ...env });
      assert.equal(stderr, '');
      return JSON.parse(stdout) as Found;
    }

    it('are counted from its first request on, by function and place', async () => {
      const { steps } = await find('server', { ON: '1' });
      assert.deepEqual(steps, {
        'start-up': [],
        requests: ['2 fs.existsSync in serve, main.js', '2 fs.readFileSync in serve, main.js'],
        'other functions': [
          '1 child_process.execFileSync in others, main.js',
          '1 crypto.pbkdf2Sync in others, main.js',
          '1 fs.readdirSync in others, main.js',
          '1 fs.statSync in others, main.js',
          '1 zlib.deflateSync in others, main.js',
        ],
        'in a package': ['1 fs.readFileSync in inPackage, main.js'],
      });
    });

    it('are those of functions that were taken out of a module, too, where that is on from the start', async () => {
      const { steps } = await find('server', { ON: '1', [SYNC_CALLS_VARIABLE]: '1' });
      assert.deepEqual(steps['requests'], [
        '2 fs.existsSync in serve, main.js',
        '2 fs.readFileSync in serve, main.js',
        '2 fs.readFileSync in serve, main.js',
      ]);
    });

    it('are not counted where the host does not want it', async () => {
      const { steps } = await find('server', { [SYNC_CALLS_VARIABLE]: '1' });
      assert.deepEqual(Object.values(steps).flat(), []);
    });

    it('are not those that load a module', async () => {
      const { steps } = await find('lazy', { ON: '1', [SYNC_CALLS_VARIABLE]: '1' });
      assert.deepEqual(steps, {
        'start-up': [],
        modules: [],
        'their functions': ['1 fs.readFileSync in read, module.js'],
      });
    });

    it('are counted and no longer counted as the setting changes, without a trace', async () => {
      const { steps, facts } = await find('toggled', {});
      assert.deepEqual(
        Object.entries(facts).filter(([, isTrue]) => !isTrue),
        [],
      );
      assert.equal(Object.keys(facts).length, 11);
      assert.deepEqual(steps, {
        'start-up': [],
        on: [
          '1 fs.existsSync in , main.mjs',
          '1 fs.readFileSync in , main.mjs',
          '1 fs.statSync in , main.mjs',
        ],
        off: [],
        'on again': ['1 fs.readFileSync in named, main.mjs', '1 fs.statSync in kept, main.mjs'],
        'no budget': ['2 fs.readFileSync'],
      });
    });

    it('are counted in a worker of a cluster', async () => {
      const { steps } = await find('cluster', { ON: '1' });
      assert.deepEqual(steps, { 'the first request': ['1 fs.readFileSync in serve, main.js'] });
    });
  });
});
