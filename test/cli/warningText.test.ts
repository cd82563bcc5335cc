import assert from 'node:assert/strict';
import { warningText } from '../../src/cli/warningText.js';
import { blockingWarning } from '../support/tasks.js';

describe('warningText', () => {
  const site = { file: '/shop/src/report.ts', line: 88, column: 3, function: 'parseReport' };

  it('tells what, how long and where, from the folder one is in', () => {
    assert.equal(
      warningText(blockingWarning({ site }), '/shop/src'),
      'blocked the event loop for 430 ms in parseReport (report.ts:88)',
    );
    assert.equal(
      warningText(blockingWarning({ site: { ...site, function: '' } }), '/elsewhere'),
      'blocked the event loop for 430 ms in /shop/src/report.ts:88',
    );
    assert.equal(warningText(blockingWarning({}), '/shop'), 'blocked the event loop for 430 ms');
  });

  it('leaves out how often it has happened', () => {
    const message = 'Blocked the event loop for 430 ms (12 times, worst 1.2 s)';
    assert.equal(
      warningText(blockingWarning({ message, count: 12, maxMs: 1200 }), '/'),
      'blocked the event loop for 430 ms',
    );
  });

  it('tells a synchronous call from its caller', () => {
    const message = 'Blocked the event loop for 430 ms in execSync';
    assert.equal(
      warningText(blockingWarning({ message, cause: 'synchronous call', site }), '/shop'),
      'blocked the event loop for 430 ms in execSync, called in parseReport (src/report.ts:88)',
    );
  });

  it('tells for whom it was after where it was', () => {
    const message = 'Blocked the event loop for 430 ms in JSON.parse, for GET /report (2 times, worst 1.2 s)';
    const forTask = { id: 's:1', name: 'GET /report' };
    assert.equal(
      warningText(
        blockingWarning({ message, cause: 'synchronous call', site, forTask, count: 2, maxMs: 1200 }),
        '/shop',
      ),
      'blocked the event loop for 430 ms in JSON.parse, called in parseReport (src/report.ts:88), for GET /report',
    );
  });

  for (const [kind, message, text] of [
    [
      'loop',
      'The event loop had no pause for 2.1 s: 9 short callbacks (setTimeout 98 %) (2 times, worst 3.0 s)',
      'the event loop had no pause for 2.1 s: 9 short callbacks (setTimeout 98 %), many of them made in f (a.ts:1)',
    ],
    [
      'lateTimers',
      'Timers fired up to 430 ms late',
      'timers fired up to 430 ms late; the latest was set in f (a.ts:1)',
    ],
    ['slowOperation', 'DNS lookup x took 2 s', 'DNS lookup x took 2 s, started in f (a.ts:1)'],
    [
      'syncCall',
      'fs.statSync held up the server for 0.25 ms (2 times, worst 3.0 s)',
      'fs.statSync held up the server for 0.25 ms, called in f (a.ts:1)',
    ],
    ['threadPool', 'All 4 threads were busy', 'all 4 threads were busy, one of them started in f (a.ts:1)'],
  ] as const) {
    it(`tells what the place is to a warning of kind ${kind}`, () => {
      const at = { file: '/shop/a.ts', line: 1, column: 1, function: 'f' };
      const timed = {
        id: '1',
        kind,
        message,
        count: 2,
        ongoing: false,
        durationMs: 1,
        maxMs: 3_000,
        totalMs: 1,
        site: at,
      };
      assert.equal(warningText(timed, '/shop'), text);
    });
  }
});
