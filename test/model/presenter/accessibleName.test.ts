import assert from 'node:assert/strict';
import { accessibleName } from '../../../src/model/presenter/index.js';

describe('accessibleName', () => {
  for (const [label, description, said] of [
    [
      'checkout',
      '⟶ Promise.all 1/3 · 1.2 s  shop.ts:57',
      'checkout, waits for Promise.all 1/3, 1.2 s, shop.ts:57',
    ],
    ['checkout', '×1,204 · oldest 3.0 s  cart.ts:12', 'checkout, 1,204 of them, oldest 3.0 s, cart.ts:12'],
    ['Worker', '→ worker price.js', 'Worker, stands for worker price.js'],
    ['GET /a', '⟶ cart ⟶ … ⟶ fetch', 'GET /a, waits for cart through others waits for fetch'],
    ['shop.js', '', 'shop.js'],
  ] as const)
    it(`says "${said}"`, () => assert.equal(accessibleName({ label, description }), said));
});
