// npm test                           everything
// npm test -- unit agent             these suites alone
// npm test -- vscode:shop agent:zoo  of a suite one file alone
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, runScript, runScriptBeside } from './programs.js';
import { PROJECT } from './cacheFolder.js';
import type { Counts } from './counts.js';
import { NODE_VERSIONS, OTHER_RELEASES, installNode } from './nodeVersions.js';
import { OTHER_RUNTIMES } from './otherRuntimes.js';
import { runInVsCode } from './runInVsCode.js';
import { buildExtensionHostModules } from './vscodeModules.js';

/** A file that has not changed is not looked at again; what depends on its types, `tsc` sees. */
const ESLINT_CACHE = [
  '--cache',
  '--cache-strategy',
  'content',
  '--cache-location',
  'node_modules/.cache/eslint/',
];

/** `file`: the name of a test file without its ending, or `*` for all of the suite. */
const SUITES: Record<string, (file: string) => Promise<Counts[]>> = {
  async tooling(file) {
    if (file !== '*') return [await mocha([`test/tooling/**/${file}.test.ts`])];
    return [
      await check('eslint', 'node_modules/eslint/bin/eslint.js', [...ESLINT_CACHE, '.']),
      await check('prettier', 'node_modules/prettier/bin/prettier.cjs', ['--check', '.']),
      await check('tsc', 'node_modules/typescript/bin/tsc', ['--noEmit']),
      await check('tsc of the webview', 'node_modules/typescript/bin/tsc', ['--noEmit', '-p', 'src/webview']),
      await mocha(['test/tooling/**/*.test.ts']),
    ];
  },
  // Whatever has no suite of its own is a unit test, so that no folder is forgotten.
  async unit(file) {
    const others = ['tooling', 'agent', 'cli', 'truth', 'vscode', 'workbench'];
    return [
      await mocha([
        `test/**/${file}.test.ts`,
        ...others.flatMap((suite) => ['--ignore', `test/${suite}/**`]),
      ]),
    ];
  },
  async agent(file) {
    return [await mocha([`test/agent/**/${file}.test.ts`], runScriptBeside)];
  },
  async cli(file) {
    for (const { install } of OTHER_RUNTIMES) await install();
    return [await mocha([`test/cli/**/${file}.test.ts`])];
  },
  /** What the command line tool tells of programs of which the truth is known. */
  async truth(file) {
    return [await mocha([`test/truth/**/${file}.test.ts`])];
  },
  /** In the extension host of a real VS Code. */
  async vscode(file) {
    const { tests } = await buildExtensionHostModules(file);
    return [
      await counted(async (countsFile) => {
        const env = { COUNTS_FILE: countsFile };
        return runInVsCode({ extension: PROJECT, entry: tests, folder: join(PROJECT, 'examples'), env });
      }),
    ];
  },
  /** From outside: what people see in the workbench, and the packaged extension. */
  async workbench(file) {
    return [await mocha([`test/workbench/**/${file}.test.ts`])];
  },
};

const ON_ALL_NODES = ['agent', 'cli', 'truth'];
/** As long as all others together: it runs beside them. */
const LONGEST = 'agent';

function mocha(args: readonly string[], run = runScript): Promise<Counts> {
  return counted((countsFile) =>
    run('node_modules/mocha/bin/mocha.js', ['--reporter', 'scripts/mochaReporter.ts', ...args], {
      COUNTS_FILE: countsFile,
    }),
  );
}

/** Takes the counts that a run of mocha has left; one without any has died. */
async function counted(execute: (countsFile: string) => Promise<number>): Promise<Counts> {
  const folder = mkdtempSync(join(tmpdir(), 'nad-test-'));
  const file = join(folder, 'counts.json');
  try {
    const code = await execute(file);
    if (!existsSync(file)) return died(`exit code ${code}, and nobody has counted the tests`);
    const counts = JSON.parse(readFileSync(file, 'utf8')) as Counts;
    if (counts.passed + counts.failures.length === 0) return died('no test was found');
    if (counts.failures.length === 0 && code !== 0) return died(`exit code ${code}`, counts);
    return counts;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function check(name: string, script: string, args: readonly string[]): Promise<Counts> {
  const code = await runScript(script, args);
  process.stdout.write(`${code === 0 ? '✓' : '✗'} ${name}\n`);
  return code === 0 ? { passed: 1, failures: [] } : { passed: 0, failures: [name] };
}

function died(why: string, { passed, failures }: Counts = { passed: 0, failures: [] }): Counts {
  const failure = `the run did not end well: ${why}`;
  process.stdout.write(`✗ ${failure}\n`);
  return { passed, failures: [...failures, failure] };
}

async function main(): Promise<void> {
  const chosen = process.argv.slice(2).map((argument) => {
    const [name = '', file = '*'] = argument.split(':');
    return { name, file };
  });
  const unknown = chosen.map(({ name }) => name).filter((name) => !(name in SUITES));
  if (unknown.length > 0)
    throw new Error(`There is no suite ${unknown.join(', ')}: choose from ${Object.keys(SUITES).join(', ')}`);
  await build();
  const total: Counts = { passed: 0, failures: [] };
  const runSuite = async (name: string): Promise<void> => {
    const files = chosen.length === 0 ? ['*'] : chosen.flatMap((one) => (one.name === name ? one.file : []));
    if (files.length === 0) return;
    process.stdout.write(`\n== ${name}\n`);
    const startedMs = Date.now();
    for (const file of files) {
      const all = await SUITES[name]?.(file).catch((error: unknown) => [died(String(error))]);
      for (const { passed, failures } of all ?? []) {
        total.passed += passed;
        total.failures.push(...failures.map((failure) => `${name}: ${failure}`));
      }
    }
    process.stdout.write(`== ${name} took ${Math.round((Date.now() - startedMs) / 1000)} s\n`);
  };
  if (chosen.length === 0 || chosen.some(({ name }) => ON_ALL_NODES.includes(name)))
    for (const version of [...NODE_VERSIONS, ...OTHER_RELEASES]) await installNode(version);
  const others = Object.keys(SUITES).filter((name) => name !== LONGEST);
  const runInTurn = async (names: readonly string[]): Promise<void> => {
    for (const name of names) await runSuite(name);
  };
  await Promise.all([runInTurn([LONGEST]), runInTurn(others)]);
  // Once more at the end, where one looks first.
  for (const failure of total.failures) process.stdout.write(`\n✗ ${failure}\n`);
  process.stdout.write(`\n${total.passed} passed, ${total.failures.length} failed\n`);
  process.exitCode = total.failures.length > 0 ? 1 : 0;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.stdout.write('\n0 passed, 1 failed\n');
  process.exitCode = 1;
});
