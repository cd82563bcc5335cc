import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtCli } from '../support/builtCli.js';
import { forEachNode } from '../support/nodeVersions.js';
import { run } from '../support/runProgram.js';

/** Programs that do next to nothing. */
const IDLE = {
  'waits.js': 'setTimeout(() => {}, 500);\n',
  'polls.js': `const fs = require('fs');
const server = require('net').createServer().listen(0, '127.0.0.1');
const polling = setInterval(() => fs.stat(__filename, () => {}), 50);
setTimeout(() => { clearInterval(polling); server.close(); }, 700);
`,
};
const OTHERS_PER_PROCESSOR = 4;

describe('asyncdebug run, on a busy machine', function () {
  this.timeout(120_000);
  let folder: string;
  const others: ChildProcess[] = [];
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'cli-busy-'));
    for (const [name, text] of Object.entries(IDLE)) writeFileSync(join(folder, name), text);
    for (let other = 0; other < availableParallelism() * OTHERS_PER_PROCESSOR; other++)
      others.push(spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }));
  });
  after(() => {
    for (const other of others) other.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  forEachNode((node) => {
    it('never warns of a program that does nothing', async () => {
      for (const name of Object.keys(IDLE)) {
        const { stderr } = await run(node.path, [builtCli(), 'run', name], folder);
        assert.doesNotMatch(stderr, /blocked|no pause|late/);
      }
    });
  });
});
