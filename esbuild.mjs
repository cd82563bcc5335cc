// Builds what runs: the extension, the agent, the command line tool and what reads scripts, in dist/.
//   node esbuild.mjs               for development, with source maps
//   node esbuild.mjs --production  what the .vsix holds
//   node esbuild.mjs --watch       again at every change
import { readFileSync, writeFileSync } from 'node:fs';
import { context } from 'esbuild';
import * as realm from './scripts/agentRealm.mjs';
import { thirdPartyNotices } from './scripts/thirdPartyNotices.mjs';

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');
const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

/** @type {import('esbuild').BuildOptions} */
const shared = {
  absWorkingDir: import.meta.dirname,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  define: { __VERSION__: JSON.stringify(version) },
  minify: production,
  sourcemap: !production,
  metafile: true,
  logLevel: 'warning',
};

/**
 * One copy of VS Code's API for all modules. esbuild would make one for each that imports it, hundreds of properties
 * each time: more work than all else that the extension does to start.
 * @type {import('esbuild').Plugin}
 */
const oneVsCode = {
  name: 'one-vscode',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^vscode$/ }, ({ namespace, path }) =>
      namespace === 'one-vscode' ? { path, external: true } : { path, namespace: 'one-vscode' },
    );
    onLoad({ filter: /.*/, namespace: 'one-vscode' }, () => ({ contents: "export * from 'vscode';" }));
  },
};

/**
 * Files of their own: what reads the text of scripts is loaded when a block needs it, what speaks with agents by the
 * command for them.
 * @type {import('esbuild').Plugin}
 */
const loadedLater = {
  name: 'loaded-later',
  setup({ onResolve }) {
    onResolve({ filter: /\/source\/parseScript\.js$/ }, () => ({ path: './source.js', external: true }));
    onResolve({ filter: /\/mcp\/server\.js$/ }, () => ({ path: './mcp.js', external: true }));
  },
};

/**
 * The protocol's library brings a validator of JSON schemas for questions to people, which we never ask.
 * @type {import('esbuild').Plugin}
 */
const noValidator = {
  name: 'no-validator',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\/validation\/ajv-provider\.js$/ }, ({ path }) => ({
      path,
      namespace: 'no-validator',
    }));
    onLoad({ filter: /.*/, namespace: 'no-validator' }, () => ({
      contents: 'exports.AjvJsonSchemaValidator = class {};',
    }));
  },
};

/**
 * The same for bundles in a folder below.
 * @type {import('esbuild').Plugin}
 */
const sourceAbove = {
  name: 'source-above',
  setup({ onResolve }) {
    onResolve({ filter: /\/source\/parseScript\.js$/ }, () => ({ path: '../source.js', external: true }));
  },
};

/** @type {import('esbuild').BuildOptions[]} */
const bundles = [
  {
    ...shared,
    entryPoints: ['src/extension.ts'],
    outfile: 'dist/extension.js',
    plugins: [oneVsCode, loadedLater],
    target: 'node20',
    supported: { 'dynamic-import': false },
  },
  // The agent runs in the user's program: the oldest Node that we support, always small, and no map that the
  // debugger would load and then show our code by.
  {
    ...shared,
    entryPoints: ['src/agent/main.ts'],
    outfile: 'dist/agent.body.js',
    banner: { js: realm.banner },
    footer: { js: realm.footer },
    target: 'node18',
    minify: true,
    sourcemap: false,
  },
  // Required by the programs that `asyncdebug run` starts: as old and as small as the agent.
  {
    ...shared,
    entryPoints: ['src/cli/inspect.ts'],
    outfile: 'dist/inspect.body.js',
    target: 'node18',
    minify: true,
    sourcemap: false,
  },
  // A thread in those of them that have no inspector of their own.
  {
    ...shared,
    entryPoints: ['src/cli/bridgeThread.ts'],
    outfile: 'dist/bridge.js',
    target: 'node18',
    minify: true,
    sourcemap: false,
  },
  // What programs really require: one loader for each of these two.
  ...['agent', 'inspect'].map((name) => ({
    absWorkingDir: import.meta.dirname,
    entryPoints: ['src/loader/loader.js'],
    outfile: `dist/${name}.js`,
    footer: { js: realm.SOURCE_URL },
    target: 'es5',
    minify: true,
    metafile: true,
    logLevel: /** @type {const} */ ('warning'),
  })),
  {
    ...shared,
    entryPoints: ['src/cli/main.ts'],
    outfile: 'dist/cli.js',
    banner: { js: '#!/usr/bin/env node' },
    plugins: [loadedLater],
    target: 'node20',
    supported: { 'dynamic-import': false },
  },
  // The page of the timeline: it runs in a webview.
  {
    ...shared,
    entryPoints: ['src/webview/timeline.ts'],
    outfile: 'dist/timeline.js',
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    sourcemap: false,
  },
  // Entries of the npm package: a folder of their own, beside which the agent is.
  {
    ...shared,
    entryPoints: ['autopsy', 'index', 'jest', 'mocha', 'nodeTest', 'register', 'vitest'].map(
      (name) => `src/package/${name}.ts`,
    ),
    outdir: 'dist/package',
    plugins: [sourceAbove],
    target: 'node18',
    sourcemap: false,
  },
  {
    ...shared,
    entryPoints: ['src/source/parseScript.ts'],
    outfile: 'dist/source.js',
    target: 'node20',
  },
  {
    ...shared,
    entryPoints: ['src/mcp/server.ts'],
    outfile: 'dist/mcp.js',
    plugins: [noValidator],
    target: 'node20',
  },
];

const contexts = await Promise.all(bundles.map((bundle) => context(bundle)));
if (watch) {
  await Promise.all(contexts.map((bundle) => bundle.watch()));
} else {
  try {
    const results = await Promise.all(contexts.map((bundle) => bundle.rebuild()));
    const meta = mergedMeta(results);
    writeFileSync(new URL('dist/meta.json', import.meta.url), JSON.stringify(meta));
    const notices = thirdPartyNotices(meta.inputs, import.meta.dirname);
    writeFileSync(new URL('dist/THIRD-PARTY-NOTICES.txt', import.meta.url), notices);
  } catch {
    process.exitCode = 1; // esbuild has printed why
  }
  await Promise.all(contexts.map((bundle) => bundle.dispose()));
}

/** What went into each bundle, for the tests of layers and size. */
function mergedMeta(/** @type {import('esbuild').BuildResult[]} */ results) {
  return {
    inputs: Object.assign({}, ...results.map((result) => result.metafile?.inputs)),
    outputs: Object.assign({}, ...results.map((result) => result.metafile?.outputs)),
  };
}
