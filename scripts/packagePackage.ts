// npm run package:npm: makes the npm package, beside the .vsix and of the same bundles.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE, PROJECT } from './cacheFolder.js';

/** What of the bundles is for programs and the command line. */
const BUNDLES = [
  'agent.js',
  'agent.body.js',
  'bridge.js',
  'cli.js',
  'inspect.js',
  'inspect.body.js',
  'mcp.js',
  'package',
  'source.js',
  'THIRD-PARTY-NOTICES.txt',
];

/** What `require` and `import` of the package give, with the names that an ES module can import. */
const ENTRIES: Record<string, { file: string; names?: string[] }> = {
  '.': { file: 'index', names: ['snapshot', 'why'] },
  './register': { file: 'register' },
  './jest': { file: 'jest' },
  './mocha': { file: 'mocha', names: ['mochaHooks'] },
  './node-test': { file: 'nodeTest' },
};

/** Vitest gives its functions to ES modules alone, and warns of the only place where it gives two of them. */
const VITEST = `import { beforeEach } from 'vitest';
import { watchTests } from '../dist/package/vitest.js';

const { warn } = console;
console.warn = () => {};
const { getFn, setFn } = await import('vitest/suite').finally(() => {
  console.warn = warn;
});
watchTests({ beforeEach, getFn, setFn });
`;

const TYPES = `import type { Snapshot } from './dist/types/snapshot.js';
export type * from './dist/types/snapshot.js';

/** All tasks of this thread; what began before this package was loaded is known only once it goes on. */
export function snapshot(): Promise<Snapshot>;

/** What the tasks of this thread wait for, as a tree for people. */
export function why(): Promise<string>;
`;

/** Puts the package together in a folder, from bundles that are built, and returns the path of its tarball. */
export function packagePackage(): string {
  const folder = join(CACHE, 'npm-package');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'dist', 'types'), { recursive: true });
  for (const name of BUNDLES)
    cpSync(join(PROJECT, 'dist', name), join(folder, 'dist', name), { recursive: true });
  for (const name of ['LICENSE', 'README.md', 'CHANGELOG.md', 'l10n'])
    cpSync(join(PROJECT, name), join(folder, name), { recursive: true });
  cpSync(join(PROJECT, 'src/protocol/snapshot.ts'), join(folder, 'dist/types/snapshot.ts'));
  mkdirSync(join(folder, 'entries'));
  writeFileSync(join(folder, 'entries/vitest.mjs'), VITEST);
  writeFileSync(join(folder, 'index.d.ts'), TYPES);
  for (const { file, names } of Object.values(ENTRIES)) {
    const from = JSON.stringify(`../dist/package/${file}.js`);
    const text = names
      ? `import all from ${from};\nexport const { ${names.join(', ')} } = all;\n`
      : `import ${from};\n`;
    writeFileSync(join(folder, `entries/${file}.mjs`), text);
  }
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest(), null, 2)}\n`);
  const [packed] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--pack-destination', CACHE], {
      cwd: folder,
      encoding: 'utf8',
      shell: process.platform === 'win32',
    }),
  ) as { filename: string }[];
  return join(CACHE, packed?.filename ?? '');
}

function manifest(): object {
  const own = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as Record<string, unknown>;
  const { name, version, description, license, author, repository, bugs, homepage, keywords } = own;
  const entries = Object.entries(ENTRIES).map(([entry, { file }]) => [
    entry,
    {
      ...(entry === '.' ? { types: './index.d.ts' } : {}),
      import: `./entries/${file}.mjs`,
      require: `./dist/package/${file}.js`,
    },
  ]);
  return {
    name,
    version,
    description,
    license,
    ...(author === undefined ? {} : { author }),
    ...(repository === undefined ? {} : { repository }),
    ...(bugs === undefined ? {} : { bugs }),
    ...(homepage === undefined ? {} : { homepage }),
    ...(keywords === undefined ? {} : { keywords }),
    engines: { node: '>=18' },
    bin: { asyncdebug: 'dist/cli.js', 'node-async-debugger': 'dist/cli.js' },
    main: './dist/package/index.js',
    types: './index.d.ts',
    exports: {
      ...(Object.fromEntries(entries) as Record<string, object>),
      './vitest': './entries/vitest.mjs',
      './package.json': './package.json',
    },
  };
}

if (require.main === module) process.stdout.write(`${packagePackage()}\n`);
