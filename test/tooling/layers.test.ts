import assert from 'node:assert/strict';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type * as LayerTable from '../../scripts/layers.mjs' with { 'resolution-mode': 'import' };
import { PROJECT } from '../../scripts/cacheFolder.js';
import { AGENT_LIMIT_BYTES } from '../support/builtAgent.js';

interface Bundle {
  inputs: Record<string, unknown>;
  imports: { path: string; external?: boolean }[];
}

interface Input {
  imports: { path: string; original?: string; external?: boolean }[];
}

/** How the others name the files that are loaded later: the one that reads scripts, and the one that speaks with agents. */
const READER = './source.js';
const SERVER = './mcp.js';
const APART: Record<string, string> = {
  [READER]: 'src/source/parseScript.ts',
  // from the entries of the npm package, in a folder of their own
  '../source.js': 'src/source/parseScript.ts',
  [SERVER]: 'src/mcp/server.ts',
};

describe('Layers', () => {
  let layers: typeof LayerTable;
  let inputs: Record<string, Input>;
  let outputs: Record<string, Bundle>;

  before(async () => {
    layers = await import('../../scripts/layers.mjs');
    const meta = readFileSync(join(PROJECT, 'dist', 'meta.json'), 'utf8');
    ({ inputs, outputs } = JSON.parse(meta) as { inputs: typeof inputs; outputs: typeof outputs });
  });

  it('have a row in the table for every folder of the source', () => {
    const folders = readdirSync(join(PROJECT, 'src'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    assert.deepEqual(
      folders.filter((name) => !(name in layers.LAYERS)),
      [],
    );
  });

  it('hold for every import that reaches a bundle', () => {
    const wrong = Object.entries(inputs).flatMap(([from, { imports }]) =>
      imports.flatMap(({ path, original, external }) => {
        const apart = APART[path];
        if (apart !== undefined) return layers.forbidden(from, apart, { typeOnly: false }) ?? [];
        const to = external === true || layers.layerOf(path) !== undefined ? path : (original ?? path);
        return layers.forbidden(from, to, { typeOnly: false }) ?? [];
      }),
    );
    assert.deepEqual(wrong, []);
  });

  it('keep everything foreign out of the agent', () => {
    const agent = outputs['dist/agent.body.js'];
    assert.ok(agent);
    const foreign = Object.keys(agent.inputs).filter((path) => !/^src\/(agent|protocol)\//.test(path));
    assert.deepEqual(foreign, []);
    const modules = agent.imports.map(({ path }) => path);
    assert.deepEqual(
      modules.filter((path) => !path.startsWith('node:')),
      [],
    );
  });

  it('keep vscode out of the command line tool', () => {
    const cli = outputs['dist/cli.js'];
    assert.ok(cli);
    assert.ok(!cli.imports.some(({ path }) => path === 'vscode'));
    assert.ok(!Object.keys(cli.inputs).some((path) => path.startsWith('src/ui/')));
  });

  it('leave what reads scripts in a file of its own, which is loaded when a block needs it', () => {
    const reader = outputs['dist/source.js'];
    assert.ok(reader && Object.keys(reader.inputs).some((path) => path.includes('/acorn/')));
    for (const name of ['dist/extension.js', 'dist/cli.js']) {
      const inputs = Object.keys(outputs[name]?.inputs ?? {});
      assert.deepEqual(
        inputs.filter((path) => /\/(?:acorn|@modelcontextprotocol)\/|^src\/(?:source|mcp)\//.test(path)),
        [],
      );
      assert.ok(outputs[name]?.imports.some(({ path }) => path === READER));
    }
  });

  it("leave VS Code's API in one piece, which takes long to copy", () => {
    const extension = outputs['dist/extension.js'];
    assert.ok(extension);
    assert.equal(extension.imports.filter(({ path }) => path === 'vscode').length, 1);
  });

  it('leave the agent small', () => {
    assert.ok(statSync(join(PROJECT, 'dist', 'agent.body.js')).size <= AGENT_LIMIT_BYTES);
  });

  it('name what is wrong with an import', () => {
    const { forbidden } = layers;
    const code = { typeOnly: false };
    assert.equal(forbidden('src/model/debuggee.ts', 'src/base/emitter.ts', code), undefined);
    assert.match(forbidden('src/model/debuggee.ts', 'vscode', code) ?? '', /model must not import vscode/);
    assert.match(
      forbidden('src/agent/main.ts', 'src/model/debuggee.ts', code) ?? '',
      /agent must not import/,
    );
    assert.match(forbidden('src/model/a.ts', 'node:fs', code) ?? '', /model must not import node:fs/);
    assert.match(forbidden('src/new/a.ts', 'src/base/emitter.ts', code) ?? '', /not in the layer table/);
    assert.equal(forbidden('src/cdp/client.ts', 'devtools-protocol', { typeOnly: true }), undefined);
    assert.match(forbidden('src/cdp/client.ts', 'devtools-protocol', code) ?? '', /must not import/);
  });
});
