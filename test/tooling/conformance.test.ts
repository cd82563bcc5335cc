import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { differences, endingsOf, passed } from '../../measure/conformance/endings.js';
import { isPartOfTest262, test262 } from '../../measure/conformance/suites.js';
import { metadataOf } from '../../measure/conformance/test262Metadata.cjs';

describe('The head of a test of test262', () => {
  it('has its lists in one line or in many', () => {
    const { flags, includes, modes } = metadataOf(
      '// Copyright\n/*---\nesid: x\nflags: [async, onlyStrict]\nincludes:\n  - compareArray.js\n  - asyncHelpers.js\n---*/\n',
    );
    assert.deepEqual(flags, ['async', 'onlyStrict']);
    assert.deepEqual(includes, ['compareArray.js', 'asyncHelpers.js']);
    assert.deepEqual(modes, [true]);
  });

  it('names the error that is expected', () => {
    const { negative } = metadataOf(
      '/*---\nnegative:\n  phase: parse\n  type: SyntaxError\nflags: [module]\n---*/',
    );
    assert.equal(negative, 'SyntaxError');
  });

  it('asks for both modes where it says nothing', () => {
    assert.deepEqual(metadataOf('/*---\ndescription: a negative: thing\n---*/'), {
      flags: [],
      includes: [],
      negative: undefined,
      modes: [false, true],
    });
  });
});

describe('The parts of test262', () => {
  it('are those about promises and async functions', () => {
    const parts = ['built-ins/Promise/all/length.js', 'built-ins/AsyncFunction/length.js'].concat(
      'language/expressions/async-arrow-function/name.js',
      'language/statements/for-await-of/head-lhs-async.js',
    );
    for (const part of parts) assert.ok(isPartOfTest262(`test/${part}`), part);
    const others = ['built-ins/Array/length.js', 'language/expressions/async-generator/x_FIXTURE.js'].concat(
      'language/types/object/async.js',
      'built-ins/Promise/README.md',
    );
    for (const other of others) assert.ok(!isPartOfTest262(`test/${other}`), other);
  });
});

describe('Tests of test262', () => {
  const folder = mkdtempSync(join(tmpdir(), 'test262-'));
  const head = (text: string): string => `/*---\n${text}\n---*/\n`;
  const files = {
    'harness/sta.js': 'function Test262Error(message) { this.message = message; }',
    'harness/assert.js': 'function assert(value) { if (value !== true) throw new Test262Error("no"); }',
    'harness/doneprintHandle.js':
      'function $DONE(error) { print(error ? "failed " + error.message : "Test262:AsyncTestComplete"); }',
    'test/built-ins/Promise/done.js': `${head('flags: [async]')}Promise.resolve(true).then(assert).then($DONE, $DONE);`,
    'test/built-ins/Promise/exits.js': `${head('flags: [raw]')}print.constructor('return process')().exit(3);`,
    'test/built-ins/Promise/fails.js': `${head('flags: [async]')}Promise.resolve(1).then(assert).then($DONE, $DONE);`,
    'test/built-ins/Promise/module.js': `${head('flags: [module, async]')}import { two } from './two_FIXTURE.js';
      await null; assert(two === 2); assert((await import('./two_FIXTURE.js')).two === 2); $DONE();`,
    'test/built-ins/Promise/never.js': `${head('flags: [async]')}new Promise(() => {}).then($DONE);`,
    'test/built-ins/Promise/parses.js': `${head('negative:\n  phase: parse\n  type: SyntaxError')}await await;`,
    'test/built-ins/Promise/two_FIXTURE.js': 'export const two = 2;',
  };

  before(() => {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  it('end as they say, one after the other, also past one that ends the process', async function () {
    this.timeout(120_000);
    const start = (args: string[]) => ({ command: process.execPath, args, env: process.env });
    const endings = await endingsOf(test262(folder), start);
    const named = [...endings].map(([name, ending]) => [name.replace('test/built-ins/Promise/', ''), ending]);
    assert.deepEqual(Object.fromEntries(named), {
      'done.js': 'passed',
      'exits.js': 'ended the process',
      'fails.js': 'failed no',
      'module.js': 'passed',
      'never.js': 'never done',
      'parses.js': 'passed',
    });
    assert.equal(passed(endings), '3 of 6');
  });

  it('are not looked for in another folder', () => {
    assert.throws(() => test262(join(folder, 'test')), /holds no test262/);
  });
});

describe('Endings of tests', () => {
  it('differ where one ends otherwise, or is not there', () => {
    const plain = new Map([
      ['a', 'passed'],
      ['b', 'Error: 1'],
      ['c', 'passed'],
    ] as const);
    const withUs = new Map([
      ['a', 'passed'],
      ['b', 'Error: 2'],
      ['d', 'passed'],
    ] as const);
    assert.deepEqual(differences(plain, withUs), ['b', 'c', 'd']);
    assert.deepEqual(differences(plain, plain), []);
  });
});
