import assert from 'node:assert/strict';
import type { Finding } from '../../../src/protocol/snapshot.js';
import type { WireRejection } from '../../../src/protocol/wire.js';
import { connected, entry, site } from '../../support/wire.js';

const SCRIPTS = ['/shop/shop.js', 'node:internal/timers'];
const SITES = [site(0), site(5, 'main'), site(3, 'checkout'), site(9, 'readAll', 1)];

function rejection(over: Partial<WireRejection> = {}): WireRejection {
  return {
    entry: 7,
    kind: 'function',
    type: 'checkout',
    site: 2,
    call: 1,
    by: 0,
    text: 'Error: no stock\n    at reserve (/shop/stock.js:2:51)\n    at async checkout (/shop/shop.js:3:29)',
    ...over,
  };
}

function start(): {
  poll: ReturnType<typeof connected>['poll'];
  found: () => Finding[];
  told: string[];
} {
  const { debuggee, poll } = connected();
  const told: string[] = [];
  debuggee.onDidFind(({ message }) => told.push(message));
  poll({ scripts: SCRIPTS, sites: SITES });
  return { poll, told, found: () => debuggee.snapshot(1000).warnings as Finding[] };
}

describe('The finding unhandledRejection', () => {
  it('names the call, the error, where it was made and who awaited it', () => {
    const { poll, found, told } = start();
    poll({ entries: [entry(3, 'main', { site: 1 })], rejections: [rejection({ by: 3 })] });
    const [finding, ...others] = found();
    assert.equal(others.length, 0);
    assert.equal(finding?.message, 'Nobody handles the rejection of checkout: Error: no stock');
    assert.equal(finding.severity, 'error');
    assert.deepEqual([finding.site?.file, finding.site?.line], ['/shop/shop.js', 5]);
    assert.deepEqual(
      finding.evidence.map(({ text, site: place }) => [text, place?.line]),
      [
        ['made in reserve', 2],
        ['awaited in checkout', 3],
        ['begun for main', undefined],
      ],
    );
    assert.deepEqual(told, [finding.message]);
  });

  it('is withdrawn when the rejection is handled later', () => {
    const { poll, found } = start();
    poll({ rejections: [rejection()] });
    assert.equal(found().length, 1);
    poll({ handled: [7] });
    assert.deepEqual(found(), []);
  });

  it('counts those of one call together, and tells them ever more seldom', () => {
    const { poll, found, told } = start();
    for (let n = 1; n <= 12; n++) poll({ rejections: [rejection({ entry: n, text: `Error: ${n}` })] });
    assert.deepEqual(
      found().map(({ message, count }) => [message, count]),
      [['Nobody handles 12 rejections of checkout, the last: Error: 12', 12]],
    );
    assert.equal(told.length, 2);
  });

  it('says no name that it does not know, and takes the first line of the program for the place', () => {
    const { poll, found } = start();
    poll({ rejections: [rejection({ entry: 0, kind: 'promise', site: 3, call: 0 })] });
    const [finding] = found();
    assert.equal(finding?.message, 'Nobody handles a rejection: Error: no stock');
    assert.equal(finding.site?.file, '/shop/stock.js');
  });

  it('makes one plain line of what the program says', () => {
    const { poll, found } = start();
    poll({ rejections: [rejection({ text: `Error: \u001b[31mred\n\u202Esecond` })] });
    assert.equal(found()[0]?.message, 'Nobody handles the rejection of checkout: Error:  [31mred  second');
  });
});
