import assert from 'node:assert/strict';
import { StackSamples } from '../../../src/model/blocking/stackSamples.js';
import { frame } from '../../support/wire.js';

function sampled(...stacks: string[][]): StackSamples {
  const samples = new StackSamples();
  for (const stack of stacks) samples.add(stack.map(frame));
  return samples;
}

describe('StackSamples', () => {
  it('takes the first frame of the user for the site, not Node or packages', () => {
    const samples = sampled([
      'readSync node:fs:10',
      'load /shop/node_modules/yaml/index.js:3',
      'config /shop/config.ts:7',
      'listOnTimeout node:internal/timers:5',
    ]);
    assert.equal(samples.hot?.frame.function, 'config');
  });

  it('takes a package when there is nothing else, and Node when there is not even that', () => {
    assert.equal(sampled(['a node:fs:1', 'b /x/node_modules/y/i.js:2']).hot?.frame.function, 'b');
    assert.equal(sampled(['a node:fs:1', 'b node:net:2']).hot?.frame.function, 'a');
  });

  it('finds the line that most samples share', () => {
    const samples = sampled(['f /a.ts:1'], ['f /a.ts:2'], ['g /lib.ts:9', 'f /a.ts:2'], ['f /a.ts:2']);
    assert.equal(samples.total, 4);
    assert.equal(samples.hot?.frame.line, 2);
    assert.deepEqual(
      samples.lines().map(({ frame: { url, line }, count }) => [url, line, count]),
      [
        ['/a.ts', 2, 2],
        ['/a.ts', 1, 1],
        ['/lib.ts', 9, 1],
      ],
    );
  });

  for (const [top, user, call] of [
    ['readSync node:fs:10', 'readFileSync node:fs:20', 'fs.readFileSync'],
    ['spawnSync node:internal/child_process:1', 'execSync node:child_process:2', 'child_process.execSync'],
    [
      'pbkdf2Sync node:internal/crypto/pbkdf2:2',
      'pbkdf2Sync node:internal/crypto/pbkdf2:2',
      'crypto.pbkdf2Sync',
    ],
    ['Object.readFileSync node:fs:20', 'Object.readFileSync node:fs:20', 'fs.readFileSync'],
    ['x node:internal/modules/cjs/loader:2', 'require node:internal/modules/helpers:3', 'require'],
    ['write node:net:2', 'console.log node:internal/console/constructor:3', 'console.log'],
  ] as const) {
    it(`names ${call}`, () => {
      assert.equal(sampled([top, user, 'f /a.ts:1']).hot?.call?.name, call);
    });
  }

  it('counts the time in which a place itself ran, and no other place of its line', () => {
    const samples = new StackSamples();
    const at = (column: number) => ({ ...frame('f /min.js:1'), column });
    samples.add([at(5)], { ms: 20 });
    samples.add([at(5)], { ms: 30 });
    samples.add([at(90)], { ms: 40 });
    samples.add([frame('g /node_modules/x/i.js:1'), at(5)], { ms: 50 });
    assert.equal(samples.hot?.ms, 140);
    assert.equal(samples.hot.aloneMs, 50);
  });

  it('names no call when the user runs at the top, or only Node does', () => {
    assert.equal(sampled(['f /a.ts:1', 'emit node:events:2']).hot?.call?.name, undefined);
    assert.equal(sampled(['readSync node:fs:1', 'emit node:events:2']).hot?.call?.name, undefined);
  });

  it('names what a line called most of the times, not what it called once', () => {
    const read = ['tryReadSync node:fs:5', 'readFileSync node:fs:20', 'f /a.ts:1'];
    assert.equal(sampled(['f /a.ts:1'], read, read).hot?.call?.name, 'fs.readFileSync');
    assert.equal(sampled(read, ['f /a.ts:1'], ['f /a.ts:1']).hot?.call, undefined);
  });

  it('takes the line that called WebAssembly, also when the answer was late', () => {
    for (const native of [false, true]) {
      const samples = new StackSamples();
      samples.add(['spin wasm://wasm/abc:1', 'run /a.ts:7'].map(frame), { native });
      assert.equal(samples.hot?.frame.line, 7);
      assert.equal(samples.hot.where, 'at');
      assert.equal(samples.hot.call?.name, 'WebAssembly');
    }
  });

  it('leaves out the evaluated script that asked', () => {
    const samples = new StackSamples();
    samples.add([{ url: '', line: 1, column: 54, function: '' }, frame('f /a.ts:1')]);
    assert.deepEqual(samples.latest, [frame('f /a.ts:1')]);
  });

  it('counts samples without frames and survives many lines', () => {
    const samples = sampled([]);
    for (let line = 1; line < 1000; line++) samples.add([frame(`f /a.ts:${line}`)]);
    assert.equal(samples.total, 1000);
    assert.equal(samples.lines().length, 100);
  });
});
