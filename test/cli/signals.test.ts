import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { passSignals } from '../../src/cli/signals.js';

describe('passSignals', () => {
  for (const [platform, passed] of [
    ['linux', ['SIGHUP']],
    ['win32', []],
  ] as const)
    it(`passes on ${platform} ${passed.length > 0 ? 'what comes' : 'nothing: it would terminate'}`, async () => {
      const sent: unknown[] = [];
      let looks = 0;
      const program = { kill: (signal: unknown) => sent.push(signal) } as unknown as ChildProcess;
      const look = (): Promise<void> => {
        looks++;
        return Promise.resolve();
      };
      const passing = passSignals(program, look, platform);
      process.emit('SIGHUP', 'SIGHUP');
      await new Promise(setImmediate);
      passing.dispose();
      assert.deepEqual([sent, looks], [passed, 1]);
    });
});
