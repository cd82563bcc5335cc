import assert from 'node:assert/strict';
import { errorStack } from '../../../src/model/findings/errorStack.js';

describe('errorStack', () => {
  it('reads the frames of V8, and which of them were suspended', () => {
    const { title, frames } = errorStack(`Error: no stock
    at reserve (/shop/stock.js:2:51)
    at async Promise.all (index 0)
    at async checkout (file:///shop/shop%20one/shop.mjs:3:29)
    at Object.<anonymous> (/shop/main.js:9:1)
    at node:internal/main/run_main_module:28:49
    at new Cart (C:\\shop\\cart.js:1:2)`);
    assert.equal(title, 'Error: no stock');
    assert.deepEqual(
      frames.map(({ frame: { function: name, url, line, column }, isAwait }) => [
        name,
        url,
        line,
        column,
        isAwait,
      ]),
      [
        ['reserve', '/shop/stock.js', 2, 51, false],
        ['checkout', 'file:///shop/shop%20one/shop.mjs', 3, 29, true],
        ['', '/shop/main.js', 9, 1, false],
        ['', 'node:internal/main/run_main_module', 28, 49, false],
        ['Cart', 'C:\\shop\\cart.js', 1, 2, false],
      ],
    );
  });

  it('takes the lines of a message for the title, and what is no stack for nothing else', () => {
    assert.deepEqual(errorStack('Error: two\nlines\n    at f (/a.js:1:2)').title, 'Error: two lines');
    assert.deepEqual(errorStack('5'), { title: '5', frames: [] });
    assert.deepEqual(errorStack('Error: at f (nowhere)\n  at g'), {
      title: 'Error: at f (nowhere) at g',
      frames: [],
    });
  });

  it('is not slow with what only begins like a frame', () => {
    assert.equal(errorStack(`E\n    at ${'('.repeat(5_000)}`).frames.length, 0);
    assert.equal(errorStack(`E\n    at ${'a.'.repeat(4_000)}(`).frames.length, 0);
  });
});
