import assert from 'node:assert/strict';
import { callOf, mayWait } from '../../../src/model/blocking/callNames.js';
import { frame } from '../../support/wire.js';

describe('callOf', () => {
  for (const [at, name, kind] of [
    ['readFileSync node:fs:20', 'fs.readFileSync', 'synchronous call'],
    ['Object.readFileSync node:fs:20', 'fs.readFileSync', 'synchronous call'],
    ['execSync node:child_process:2', 'child_process.execSync', 'synchronous call'],
    ['pbkdf2Sync node:internal/crypto/pbkdf2:2', 'crypto.pbkdf2Sync', 'synchronous call'],
    ['Hash.update node:internal/crypto/hash:132', 'crypto.update', 'synchronous call'],
    ['syncBufferWrapper node:zlib:1', 'zlib', 'synchronous call'],
    ['structuredClone node:internal/worker/js_transferable:1', 'structuredClone', 'synchronous call'],
    ['console.log node:internal/console/constructor:3', 'console.log', 'synchronous call'],
    ['require node:internal/modules/helpers:3', 'require', 'module loading'],
    ['fib wasm://wasm/abc:1', 'WebAssembly', 'synchronous call'],
    ['parse :0', 'JSON.parse', 'synchronous call'],
    ['wait :0', 'Atomics.wait', 'synchronous call'],
    ['RegExp.exec :0', 'a regular expression', 'regular expression'],
    ['[Symbol.replace] :0', 'a regular expression', 'regular expression'],
    ['RegExp: ^(a+)+$ :0', 'a regular expression', 'regular expression'],
  ] as const) {
    it(`names ${name} of ${at}`, () => assert.deepEqual(callOf(frame(at)), { name, kind }));
  }

  for (const at of [
    'forEach :0',
    'setTimeout node:timers:1',
    'get performance node:internal/util:1',
    'f /a.ts:1',
  ]) {
    it(`names nothing of ${at}`, () => assert.equal(callOf(frame(at)), undefined));
  }
});

describe('mayWait', () => {
  it('tells what can take long without the processor', () => {
    assert.deepEqual(
      ['child_process.execSync', 'Atomics.wait', 'zlib', 'crypto.update', 'JSON.parse'].filter(mayWait),
      ['child_process.execSync', 'Atomics.wait', 'zlib'],
    );
  });
});
