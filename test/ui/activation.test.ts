import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '../../scripts/cacheFolder.js';

/** Activates the built extension in a VS Code that does nothing, and prints what keeps the process alive. */
const ACTIVATE = `
const { Module } = require('node:module');
const inert = new Proxy(function () {}, {
  get(_, key) {
    if (key === 'activeDebugSession') return undefined;
    if (key === Symbol.toPrimitive) return () => '';
    if (key === Symbol.iterator) return () => [].values();
    return key === 'get' ? () => undefined : inert;
  },
  set: () => true,
  apply: () => inert,
  construct: () => inert,
});
const api = Object.fromEntries(JSON.parse(process.argv[2]).map((name) => [name, inert]));
const load = Module._load;
Module._load = (name, ...others) => (name === 'vscode' ? api : load(name, ...others));
const { activate } = require(process.argv[1]);
const ours = activate({ subscriptions: [], extension: { packageJSON: {} }, extensionUri: inert, globalStorageUri: { fsPath: '/storage' }, globalState: inert, environmentVariableCollection: inert });
console.log(ours.version, JSON.stringify(process.getActiveResourcesInfo()));
`;

/** What VS Code's API has. */
function apiNames(): string[] {
  const types = readFileSync(join(PROJECT, 'node_modules', '@types', 'vscode', 'index.d.ts'), 'utf8');
  const exported = /^\s+export (?:abstract )?(?:class|enum|namespace|const|let|function) (\w+)/gm;
  return Array.from(types.matchAll(exported), ([, name = '']) => name);
}

describe('The extension without a debug session', () => {
  it('has no timer and nothing else that runs', () => {
    const extension = join(PROJECT, 'dist', 'extension.js');
    const args = ['-e', ACTIVATE, extension, JSON.stringify(apiNames())];
    const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    const [version, resources = '[]'] = stdout.trim().split(' ');
    assert.equal(version, '1', stderr);
    const running = (JSON.parse(resources) as string[]).filter((one) => !/Pipe|TTY|FS/.test(one));
    assert.deepEqual(running, []);
  });
});
