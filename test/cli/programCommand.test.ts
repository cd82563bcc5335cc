import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { programCommand } from '../../src/cli/programCommand.js';

describe('programCommand', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'command-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function write(name: string, text = ''): string {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  }

  function kindOf(words: string[], extensions = ['']): string {
    const where = { cwd: join(folder, 'work'), path: join(folder, 'bin'), extensions };
    const { kind, file } = programCommand(words, where);
    return file === undefined ? kind : `${kind} ${file}`;
  }

  it('gives Node what are options of Node, scripts, and what neither is there nor a command', () => {
    write('work/server', 'serve()');
    write('work/tool', '#!/usr/bin/env node\nrun()');
    write('work/plain.js');
    write('bin/server', '#!/bin/sh');
    write('bin/plain', '#!/bin/sh');
    for (const words of [
      ['--test'],
      ['server'],
      ['tool'],
      ['plain'],
      ['plain.js'],
      ['app.ts'],
      ['./gone'],
      ['gone'],
    ])
      assert.equal(kindOf(words), 'node', words[0]);
  });

  it('finds commands of installed packages before those on the PATH', () => {
    const npx = write('bin/npx', '#!/usr/bin/env node');
    assert.equal(kindOf(['npx', 'vitest']), `command ${npx}`);
    const vitest = write('bin/vitest');
    assert.equal(kindOf(['vitest']), `command ${vitest}`);
    const installed = write('node_modules/.bin/vitest');
    assert.equal(kindOf(['vitest']), `command ${installed}`);
    const nearer = write('work/node_modules/.bin/vitest');
    assert.equal(kindOf(['vitest']), `command ${nearer}`);
  });

  it('leaves to the system what is not for Node', () => {
    for (const text of ['#!/bin/sh\nnode app.js', '\x7fELF\x02', 'MZ\x90'])
      assert.equal(kindOf([write('work/start', text)]), `command ${join(folder, 'work/start')}`);
  });

  it('finds a command by the endings of Windows', () => {
    const npx = write('bin/npx.CMD');
    write('bin/npx', '#!/bin/sh');
    assert.equal(kindOf(['npx', 'tsx'], ['.EXE', '.CMD']), `command ${npx}`);
    assert.equal(kindOf(['npx.CMD'], ['.EXE', '.CMD']), `command ${npx}`);
  });
});
