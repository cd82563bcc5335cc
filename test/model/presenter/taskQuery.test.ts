import assert from 'node:assert/strict';
import { parseQuery } from '../../../src/model/presenter/taskQuery.js';

function terms(text: string): string[] {
  return parseQuery(text).map(({ key, value, excluded }) => `${excluded ? '-' : ''}${key} ${value}`);
}

describe('parseQuery', () => {
  for (const [text, expected] of [
    ['', []],
    ['   ', []],
    [' Cart ORDER ', ['text cart', 'text order']],
    ['"new order" state:ready', ['text new order', 'state ready']],
    ['file:cart.ts type:"async function" -query', ['file cart.ts', 'type async function', '-text query']],
    ['-state:awaiting -"two words"', ['-state awaiting', '-text two words']],
    ['127.0.0.1:5432 node:net http://a', ['text 127.0.0.1:5432', 'text node:net', 'text http://a']],
    ['server.ts:57 constructor:x', ['text server.ts:57', 'text constructor:x']],
    ['state: - "', ['text state:', 'text -']],
    ['"not closed', ['text not closed']],
  ] as const) {
    it(`reads ${JSON.stringify(text)}`, () => assert.deepEqual(terms(text), expected));
  }
});
