import assert from 'node:assert/strict';
import { warningText } from '../../src/cli/warningText.js';
import type { BlockingWarning } from '../../src/protocol/snapshot.js';

function warning(over: Partial<BlockingWarning>): BlockingWarning {
  return {
    id: '1',
    kind: 'blocking',
    message: 'Blocked the event loop for 430 ms',
    count: 1,
    ongoing: false,
    durationMs: 430,
    maxMs: 430,
    totalMs: 430,
    cause: 'javascript',
    samples: 3,
    episodes: [],
    ...over,
  };
}

describe('warningText', () => {
  const site = { file: '/shop/src/report.ts', line: 88, column: 3, function: 'parseReport' };

  it('tells what, how long and where, from the folder one is in', () => {
    assert.equal(
      warningText(warning({ site }), '/shop/src'),
      'blocked the event loop for 430 ms in parseReport (report.ts:88)',
    );
    assert.equal(
      warningText(warning({ site: { ...site, function: '' } }), '/elsewhere'),
      'blocked the event loop for 430 ms in /shop/src/report.ts:88',
    );
    assert.equal(warningText(warning({}), '/shop'), 'blocked the event loop for 430 ms');
  });

  it('leaves out how often it has happened', () => {
    const message = 'Blocked the event loop for 430 ms (12 times, worst 1.2 s)';
    assert.equal(warningText(warning({ message }), '/'), 'blocked the event loop for 430 ms');
  });

  it('tells a synchronous call from its caller', () => {
    const message = 'Blocked the event loop for 430 ms in execSync';
    assert.equal(
      warningText(warning({ message, cause: 'synchronous call', site }), '/shop'),
      'blocked the event loop for 430 ms in execSync, called in parseReport (src/report.ts:88)',
    );
  });
});
