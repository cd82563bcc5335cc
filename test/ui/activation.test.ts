import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
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
const load = Module._load;
Module._load = (name, ...others) => (name === 'vscode' ? Object.create(inert) : load(name, ...others));
const { activate } = require(process.argv[1]);
const api = activate({ subscriptions: [], extension: { packageJSON: {} }, extensionUri: inert, globalStorageUri: inert, globalState: inert });
console.log(api.version, JSON.stringify(process.getActiveResourcesInfo()));
`;

describe('The extension without a debug session', () => {
  it('has no timer and nothing else that runs', () => {
    const extension = join(PROJECT, 'dist', 'extension.js');
    const { stdout, stderr } = spawnSync(process.execPath, ['-e', ACTIVATE, extension], { encoding: 'utf8' });
    const [version, resources = '[]'] = stdout.trim().split(' ');
    assert.equal(version, '1', stderr);
    const running = (JSON.parse(resources) as string[]).filter((one) => !/Pipe|TTY|FS/.test(one));
    assert.deepEqual(running, []);
  });
});
