// npm run hung-tests: forty tests that hang, ten for each runner, and what their failures say of what they waited for.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE } from '../cacheFolder.js';
import { packagePackage } from '../packagePackage.js';
import { run } from '../run.js';
import { type HangingKind, KINDS, PRELUDE } from './kinds.js';

interface Runner {
  name: string;
  file: string;
  imports: string;
  fake: string;
  config?: [name: string, text: string];
  /** Node's arguments. */
  args: string[];
  test(kind: HangingKind): string;
}

const NODE = `import { EventEmitter, once } from 'node:events'; import { createServer } from 'node:http'; import { Worker } from 'node:worker_threads';`;
const REQUIRED = `const { EventEmitter, once } = require('node:events'); const { createServer } = require('node:http'); const { Worker } = require('node:worker_threads');`;
const TIME_LIMIT_MS = 1000;
const RUNNER_PACKAGES = { vitest: '4', jest: '30', mocha: '12' };

const RUNNERS: Runner[] = [
  {
    name: 'vitest',
    file: 'vitest/hang.test.mjs',
    imports: `import { describe, it, vi } from 'vitest'; ${NODE}`,
    fake: 'vi.useFakeTimers()',
    config: [
      'vitest/vitest.config.mjs',
      `export default { test: { setupFiles: ['node-async-debugger/vitest'], testTimeout: ${TIME_LIMIT_MS} } };`,
    ],
    args: ['node_modules/vitest/vitest.mjs', 'run', '--root', 'vitest'],
    // it knows no `done`
    test: (kind) => mochaTest(kind).replace('(done) => {}', '() => new Promise(() => {})'),
  },
  {
    name: 'jest',
    file: 'jest/hang.test.js',
    imports: REQUIRED,
    fake: 'jest.useFakeTimers()',
    config: [
      'jest/jest.config.js',
      `module.exports = { setupFilesAfterEnv: ['node-async-debugger/jest'], testTimeout: ${TIME_LIMIT_MS} };`,
    ],
    args: ['node_modules/jest/bin/jest.js', '--config', 'jest/jest.config.js', '--forceExit'],
    test: mochaTest,
  },
  {
    name: 'mocha',
    file: 'mocha/hang.js',
    imports: REQUIRED,
    fake: 'void 0',
    args: [
      'node_modules/mocha/bin/mocha.js',
      ...[
        '--require',
        'node-async-debugger/mocha',
        '--timeout',
        String(TIME_LIMIT_MS),
        '--exit',
        'mocha/hang.js',
      ],
    ],
    test: mochaTest,
  },
  {
    name: 'node:test',
    file: 'node/hang.test.mjs',
    imports: `import { describe, it } from 'node:test'; ${NODE}`,
    fake: 'void 0',
    args: ['--require', 'node-async-debugger/node-test', '--test', 'node/hang.test.mjs'],
    test: ({ name, body, takesDone }) =>
      `it('${name}', { timeout: ${TIME_LIMIT_MS} }, ${takesDone ? '(t, done) => {}' : `async () => { ${body} }`});`,
  },
];

function mochaTest({ name, body, takesDone }: HangingKind): string {
  return `it('${name}', ${takesDone ? '(done) => {}' : `async () => { ${body} }`});`;
}

async function main(): Promise<void> {
  const folder = join(CACHE, 'hung-tests');
  mkdirSync(folder, { recursive: true });
  const tarball = packagePackage();
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ private: true, dependencies: RUNNER_PACKAGES }),
  );
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--no-save', tarball], {
    cwd: folder,
    stdio: 'ignore',
    shell: process.platform === 'win32',
  });
  const rows = [['', ...KINDS.map(({ name }) => name)].join(' | ')];
  let right = 0;
  for (const runner of RUNNERS) {
    const output = await outputOf(runner, folder);
    const verdicts = KINDS.map((kind) => verdict(output, kind));
    right += verdicts.filter((said) => said === 'ok').length;
    rows.push([runner.name, ...verdicts].join(' | '));
  }
  const total = RUNNERS.length * KINDS.length;
  process.stdout.write(`${rows.join('\n')}\n${right} of ${total} tell what they waited for\n`);
  if (right < 0.95 * total) process.exitCode = 1;
}

async function outputOf(runner: Runner, folder: string): Promise<string> {
  const { file, imports, fake, config, args } = runner;
  mkdirSync(join(folder, file, '..'), { recursive: true });
  const tests = KINDS.map((kind) => `  ${runner.test(kind)}`).join('\n');
  const text = `${imports}\n${PRELUDE}\ndescribe('suite', () => {\n${tests}\n});\n`;
  const keepAlive =
    runner.name === 'node:test' ? `setTimeout(() => process.exit(), ${20 * TIME_LIMIT_MS});\n` : '';
  writeFileSync(join(folder, file), text.replaceAll('FAKE', fake) + keepAlive);
  if (config) writeFileSync(join(folder, config[0]), config[1]);
  const { output } = await run(process.execPath, args, {
    cwd: folder,
    env: { ...process.env, NO_COLOR: '1' },
  });
  writeFileSync(join(folder, `${runner.name.replace(':', '-')}.log`), output);
  return output.replaceAll('\\"', '"');
}

/** `ok`, or what is wrong with what the failure of that test says. */
function verdict(output: string, { name, awaited }: HangingKind): string {
  const at = output.indexOf(`"suite \u203A ${name}"`);
  if (at < 0) return 'no test';
  const said = output.slice(at, at + 1500).split(/"suite \u203A /)[1] ?? '';
  if (!awaited) return /begun no async work|new Promise/.test(said) ? 'ok' : 'wrong';
  return said.includes('waited for') && awaited.test(said) ? 'ok' : 'not named';
}

void main();
