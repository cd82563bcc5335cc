import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { OutputRecord } from '../../src/cli/outputFile.js';
import type { ProcessSnapshot } from '../../src/protocol/snapshot.js';
import { builtCli } from '../support/builtCli.js';
import { forEachNode } from '../support/nodeVersions.js';
import { run } from '../support/runProgram.js';

/** A loop that takes so much of a processor's time: beside others, it lasts longer. */
function spins(ms: number): string {
  const spent = '(({ user, system }) => (user + system) / 1e3)(process.cpuUsage())';
  return `for (const end = ${spent} + ${ms}; ${spent} < end; );\n`;
}

/** Takes this long to load, in five modules that require each other. */
function slowPackage(name: string, ms: number): Record<string, string> {
  const files: Record<string, string> = {
    [`node_modules/${name}/index.js`]: `${spins(ms / 5)}require('./part1');`,
  };
  for (let part = 1; part <= 4; part++)
    files[`node_modules/${name}/part${part}.js`] =
      `${spins(ms / 5)}${part < 4 ? `require('./part${part + 1}');` : ''}`;
  return files;
}

describe('asyncdebug run, at the start of a program', function () {
  this.timeout(60_000);
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'cli-start-'));
    const files = {
      ...slowPackage('orm', 600),
      ...slowPackage('web', 200),
      'loads.js': "const fs = require('fs');\nconst orm = require('orm');\nconst web = require('web');\n",
      'loads.mjs': "import fs from 'fs';\nimport 'orm';\nimport './more.mjs';\n",
      'more.mjs': "import 'web';\n",
      'own.js': `require('web');\n${spins(600)}`,
      'orders.cjs': `describe('orders', () => {
  it('loads', () => {
    require('orm');
  });
  it('spins', () => {
    ${spins(400)}  });
});
`,
      'fetches.js': "setTimeout(() => {\n  fetch('data:,').catch(() => {});\n}, 50);\n",
      'serves.js': `const http = require('http');
const server = http.createServer((request, response) => {
  require('orm');
  response.end();
});
server.listen(0, '127.0.0.1', () => setTimeout(() => {
  http.get({ port: server.address().port, host: '127.0.0.1', agent: false }, (response) => {
    response.resume().on('end', () => server.close());
  });
}, 500));
`,
    };
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  forEachNode((node) => {
    /** What was said of it, and what it looked like at its end. */
    async function told(
      name: string,
      ...program: string[]
    ): Promise<{ said: string[]; process: ProcessSnapshot }> {
      const out = `${name}.jsonl`;
      const args = [builtCli(), 'run', '--out', out, '--', ...program, name];
      const { stderr, code } = await run(node.path, args, folder);
      assert.equal(code, 0, stderr);
      const records = readFileSync(join(folder, out), 'utf8').trimEnd().split('\n');
      const snapshots = records
        .map((line) => JSON.parse(line) as OutputRecord)
        .flatMap((record) => (record.event === 'snapshot' ? record.snapshot.processes : []));
      const process = snapshots.at(-1);
      assert.ok(process);
      return { said: stderr.split('\n').filter((line) => line !== ''), process };
    }

    function lines({ startUp }: ProcessSnapshot): string[] {
      return (startUp?.lines ?? []).map(({ site, package: from }) => {
        return `${site ? `${basename(site.file)}:${site.line}` : '-'} ${from ?? ''}`;
      });
    }

    it('warns of no module that it loads, and tells for which line', async () => {
      const { said, process } = await told('loads.js');
      assert.deepEqual([said, process.warnings], [[], []]);
      assert.ok((process.startUp?.durationMs ?? 0) > 500);
      assert.match(lines(process)[0] ?? '', /^loads\.js:2 /);
      assert.ok(
        lines(process).every((line) => line.startsWith('loads.js:')),
        lines(process).join(),
      );
    });

    it('does so for modules that are imported', async () => {
      const { said, process } = await told('loads.mjs');
      assert.deepEqual([said, process.warnings], [[], []]);
      assert.match(lines(process)[0] ?? '', / orm$/);
    });

    it('warns of a loop that the program itself has there', async () => {
      const { said, process } = await told('own.js');
      assert.deepEqual(
        process.warnings.map(({ site }) => site?.line),
        [2],
      );
      assert.match(said.at(-1) ?? '', /^asyncdebug: blocked start-up for [\d.]+ m?s in own\.js:2$/);
    });

    it('does not blame the program for Node’s first use of its own parts', async () => {
      const { said, process } = await told('fetches.js');
      assert.deepEqual([said.filter((line) => line.includes('blocked')), process.warnings], [[], []]);
    });

    it('warns of what a test does, and not of what it loads', async () => {
      const { process } = await told('orders.cjs', require.resolve('mocha/bin/mocha.js'));
      const [warning, ...others] = process.warnings;
      assert.deepEqual([warning?.site?.line, others], [6, []]);
      assert.ok(lines(process).includes('orders.cjs:3 orm'), lines(process).join());
    });

    it('warns of what is loaded while the program serves', async () => {
      const { process } = await told('serves.js');
      const [warning, ...others] = process.warnings;
      assert.deepEqual([warning?.site?.line, others], [3, []]);
      assert.match(warning?.message ?? '', /^Blocked the event loop for .* loading modules/);
    });
  });
});
