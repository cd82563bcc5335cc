import assert from 'node:assert/strict';
import type { WireTurn } from '../../../src/protocol/wire.js';
import { block, connected, frame, resource, turn } from '../../support/wire.js';

const LOADER = 'load node:internal/modules/cjs/loader:9';
const EVALUATES = 'run node:internal/modules/esm/module_job:9';
const KNEX = 'init /shop/node_modules/knex/index.js:3';
const JEST = 'requireModule /shop/node_modules/jest-runtime/build/index.js:335';
const CIRCUS = '_callCircusTest /shop/node_modules/jest-circus/build/jestAdapterInit.js:1167';
const MOCHA = 'callFn /shop/node_modules/mocha/lib/runnable.js:360';
const LODASH = 'map /shop/node_modules/lodash/map.js:1';

function watched() {
  const { debuggee, poll } = connected();
  return {
    poll,
    /** Looked into at these moments of one turn, which then ends. */
    sees: (looks: [atMs: number, ...stack: string[]][], over: Partial<WireTurn> = {}, endMs?: number) => {
      for (const [nowMs, ...stack] of looks)
        poll({ nowMs, turn: turn({ type: 'script', stack: stack.map(frame), cpuMs: nowMs, ...over }) });
      if (endMs === undefined) return;
      const { seq = 1, startedMs = 0, type = 'script' } = over;
      poll({ nowMs: endMs + 1, blocks: [block({ seq, startedMs, type, durationMs: endMs - startedMs })] });
    },
    told: () => {
      const { warnings, startUp, foreignBlocks } = debuggee.snapshot(10_000);
      return {
        warnings: warnings.map(({ message, site }) => `${message} ${site?.file}:${site?.line}`),
        startUp: startUp?.durationMs,
        lines: startUp?.lines.map(({ site, package: from }) => `${site?.line ?? '-'} ${from ?? ''}`),
        foreign: foreignBlocks,
      };
    },
    debuggee,
  };
}

describe('Start-up', () => {
  it('is what the main script loads, by the lines that ask for it, the dearest first', () => {
    const { sees, told } = watched();
    sees(
      [
        [60, LODASH, LOADER, KNEX, LOADER, 'main /shop/main.js:2'],
        [85, KNEX, LOADER, 'main /shop/main.js:2'],
        [110, LOADER, 'main /shop/main.js:3'],
        [300, 'x /shop/node_modules/mongoose/index.js:1', LOADER, 'main /shop/main.js:3'],
      ],
      {},
      400,
    );
    assert.deepEqual(told(), {
      warnings: [],
      startUp: 400,
      lines: ['3 mongoose', '2 knex'],
      foreign: undefined,
    });
  });

  it('is no warning while it goes on', () => {
    const { sees, debuggee } = watched();
    sees([[150, KNEX, LOADER, 'main /shop/main.js:2']]);
    const { warnings, state } = debuggee.snapshot(200);
    assert.deepEqual([warnings, state], [[], 'running']);
  });

  it('is told from the threshold on', () => {
    const { sees, told } = watched();
    sees([[60, KNEX, LOADER, 'main /shop/main.js:2']]);
    assert.equal(told().startUp, undefined);
  });

  it('is also what Node evaluates of modules that nobody has asked for, and of none is a line known', () => {
    const { sees, told } = watched();
    const over = { type: 'FSREQPROMISE', microtasks: true };
    sees(
      [
        [60, KNEX, EVALUATES],
        [85, LODASH, EVALUATES],
      ],
      over,
      400,
    );
    assert.deepEqual(told(), {
      warnings: [],
      startUp: 400,
      lines: ['- knex', '- lodash'],
      foreign: undefined,
    });
  });

  it('does not hide a block of the program’s own code', () => {
    const { sees, told } = watched();
    sees(
      [
        [60, KNEX, LOADER, 'main /shop/main.js:2'],
        [85, 'sum /shop/config.js:7', LOADER, 'main /shop/main.js:3'],
        [185, 'sum /shop/config.js:7', LOADER, 'main /shop/main.js:3'],
        [385, 'sum /shop/config.js:7', LOADER, 'main /shop/main.js:3'],
        [410, KNEX, LOADER, 'main /shop/main.js:4'],
      ],
      {},
      500,
    );
    assert.deepEqual(told().warnings, ['Blocked start-up for 313 ms /shop/config.js:7']);
    assert.equal(told().startUp, 500);
  });

  it('tells a block of its own code while it goes on, and no longer', () => {
    const { sees, debuggee } = watched();
    const states: boolean[] = [];
    debuggee.onDidWarn((warning) => states.push(warning.ongoing));
    const own: [number, ...string[]][] = [
      [100, 'sum /shop/config.js:7'],
      [300, 'sum /shop/config.js:7'],
    ];
    sees(own);
    assert.deepEqual([states, debuggee.snapshot(300).state], [[true], 'blocked']);
    sees([[400, KNEX, LOADER, 'main /shop/main.js:4']]);
    assert.deepEqual(states, [true, false]);
    sees([[900, 'sum /shop/other.js:7']], {}, 1_400);
    assert.deepEqual(states, [true, false]);
    const [warning, ...others] = debuggee.snapshot(2_000).warnings;
    assert.deepEqual([warning?.count, warning?.site?.file, others], [1, '/shop/config.js', []]);
  });

  it('does not take many short pieces of it for a block', () => {
    const { sees, told } = watched();
    const looks = Array.from({ length: 12 }, (_, i): [number, ...string[]] => [
      60 + 25 * i,
      ...(i % 2 === 0 ? [KNEX, LOADER, 'main /shop/main.js:2'] : [`f${i} /shop/f${i}.js:7`]),
    ]);
    sees(looks, {}, 400);
    assert.deepEqual(told().warnings, []);
  });

  it('names what a line of the program calls by itself', () => {
    const { sees, told } = watched();
    sees([[60, KNEX, LOADER, 'main /shop/main.js:2']]);
    sees(
      [
        [300, 'readFileSync node:fs:3', 'main /shop/main.js:5'],
        [500, 'readFileSync node:fs:3', 'main /shop/main.js:5'],
      ],
      {},
      500,
    );
    assert.deepEqual(told().warnings, ['Blocked start-up for 320 ms in fs.readFileSync /shop/main.js:5']);
  });

  it('is over once the program serves: what is loaded then is a block at the nearest line of the program', () => {
    const { sees, told, poll } = watched();
    poll({ nowMs: 0, entries: [resource(1, 'TCPSERVERWRAP')] });
    const over = { type: 'HTTPINCOMINGMESSAGE', seq: 2, startedMs: 1_000 };
    sees([[1_150, LODASH, LOADER, KNEX, 'handle /shop/server.js:9']], over, 1_300);
    assert.deepEqual(told(), {
      warnings: ['Blocked the event loop for 300 ms loading modules /shop/server.js:9'],
      startUp: undefined,
      lines: undefined,
      foreign: undefined,
    });
  });

  it('is the first use of a part of Node, whoever makes it', () => {
    const { sees, told } = watched();
    const realm = [
      'init node:internal/deps/undici/undici:1',
      'requireBuiltin node:internal/bootstrap/realm:3',
    ];
    const over = { type: 'Timeout', seq: 2, startedMs: 1_000 };
    sees(
      [
        [1_060, ...realm, 'fetch node:internal/process/pre_execution:3', 'poll /shop/a.js:4'],
        [1_250, ...realm, 'fetch node:internal/process/pre_execution:3', 'poll /shop/a.js:4'],
      ],
      over,
      1_270,
    );
    assert.deepEqual(told().warnings, []);
    assert.deepEqual(told().lines, ['4 ']);
  });

  it('is so if the first look came after it, or none did', () => {
    const after = ['schemeFetch node:internal/deps/undici/undici:9', 'poll /shop/a.js:4'];
    const over = { type: 'Timeout', seq: 2, startedMs: 1_000, nodeParts: 9 };
    const { sees, told, poll } = watched();
    sees([[1_130, ...after]], over, 1_140);
    poll({ nowMs: 2_000, blocks: [block({ seq: 3, startedMs: 1_500, durationMs: 200, nodeParts: 9 })] });
    const { warnings, startUp, foreign } = told();
    assert.deepEqual([warnings, startUp, foreign], [[], 340, undefined]);
  });

  it('does not excuse what the same line calls, or a loop', () => {
    const over = { type: 'Timeout', seq: 2, startedMs: 1_000, nodeParts: 9 };
    for (const above of [['pbkdf2Sync node:internal/crypto/pbkdf2:1'], [], ['parse :0']]) {
      const { sees, told } = watched();
      const stack = [...above, 'login /shop/a.js:4'];
      sees(
        [
          [1_080, ...stack],
          [1_300, ...stack],
        ],
        over,
        1_320,
      );
      assert.match(told().warnings[0] ?? '', /^Blocked the event loop for 320 ms .*\/shop\/a\.js:4$/);
    }
  });

  it('does not excuse what blocks beside it', () => {
    const { sees, told } = watched();
    const over = { type: 'Timeout', seq: 2, startedMs: 1_000 };
    sees(
      [
        [1_060, 'requireBuiltin node:internal/bootstrap/realm:3', 'poll /shop/a.js:4'],
        [1_250, 'sum /shop/a.js:5'],
      ],
      over,
      1_300,
    );
    assert.deepEqual(told().warnings, ['Blocked the event loop for 300 ms /shop/a.js:5']);
  });

  it('tells one long block of its own, though a shorter stretch came before', () => {
    const { sees, told } = watched();
    sees(
      [
        [60, 'first /shop/first.js:1'],
        [85, KNEX, LOADER, 'main /shop/main.js:2'],
        [110, 'sum /shop/config.js:7'],
        [300, 'sum /shop/config.js:7'],
        [600, 'sum /shop/config.js:7'],
      ],
      {},
      600,
    );
    assert.deepEqual(told().warnings, ['Blocked start-up for 503 ms /shop/config.js:7']);
  });

  it('goes with the warnings when they are cleared', () => {
    const { sees, told, debuggee } = watched();
    sees([[150, KNEX, LOADER, 'main /shop/main.js:2']], {}, 400);
    debuggee.clearWarnings();
    assert.equal(told().startUp, undefined);
  });
});

describe('Tests that are run', () => {
  const over = { type: 'Timeout', seq: 2, startedMs: 1_000 };

  it('load modules for a line, by the loader of Jest or of Node, which is no block', () => {
    const loads: [string[], string][] = [
      [[KNEX, JEST, 'orders /shop/orders.test.js:2', JEST, CIRCUS], '2 knex'],
      [[KNEX, LOADER, 'orders /shop/orders.test.js:3', MOCHA], '3 knex'],
      [[KNEX, LOADER, 'orders /shop/orders.test.js:4', 'run node:internal/test_runner/test:9'], '4 knex'],
      [['compile /shop/node_modules/@babel/core/index.js:9', JEST, CIRCUS], '- @babel/core'],
      [[JEST, 'orders /shop/orders.test.js:5', JEST, CIRCUS], '5 '],
    ];
    for (const [stack, line] of loads) {
      const { sees, told } = watched();
      sees([[1_200, ...stack]], over, 1_400);
      assert.deepEqual(told(), { warnings: [], startUp: 200, lines: [line], foreign: undefined });
    }
  });

  it('are no start-up, but block: for as long as their own code runs, in a turn with other tests', () => {
    const { sees, told } = watched();
    sees(
      [
        [1_100, KNEX, JEST, 'orders /shop/orders.test.js:2', JEST, CIRCUS],
        [1_120, 'sum /shop/orders.test.js:7', CIRCUS],
        [1_320, 'sum /shop/orders.test.js:7', CIRCUS],
        [1_330, CIRCUS],
        [1_530, KNEX, JEST, 'carts /shop/carts.test.js:2', JEST, CIRCUS],
      ],
      { ...over, type: 'PROMISE', microtasks: true },
      1_900,
    );
    assert.deepEqual(told().warnings, ['Blocked the event loop for 210 ms /shop/orders.test.js:7']);
  });

  it('block for all of a turn that is theirs alone', () => {
    const { sees, told } = watched();
    sees([[1_200, 'sum /shop/orders.test.js:7', MOCHA]], over, 1_400);
    assert.deepEqual(told().warnings, ['Blocked the event loop for 400 ms /shop/orders.test.js:7']);
  });

  it('are told of though the runner was at work for longer before', () => {
    const { sees, told } = watched();
    sees(
      [
        [1_300, 'transform /shop/node_modules/@babel/core/index.js:9'],
        [1_310, 'sum /shop/orders.test.js:7', CIRCUS],
        [1_500, 'sum /shop/orders.test.js:7', CIRCUS],
      ],
      over,
      1_500,
    );
    assert.deepEqual(told().warnings, ['Blocked the event loop for 195 ms /shop/orders.test.js:7']);
  });

  it('leave a server what it loads for a request', () => {
    const { sees, told, poll } = watched();
    poll({ nowMs: 0, entries: [resource(1, 'TCPSERVERWRAP')] });
    sees([[1_200, KNEX, LOADER, 'handle /shop/server.js:9']], over, 1_400);
    assert.deepEqual(told().warnings, [
      'Blocked the event loop for 400 ms loading modules /shop/server.js:9',
    ]);
  });
});

describe('A program that does not answer', () => {
  it('is said to do so only after a second: most native calls have returned by then', () => {
    const { sees, debuggee } = watched();
    sees([[60, KNEX, LOADER, 'main /shop/main.js:2']]);
    debuggee.silent(300, 60);
    assert.equal(debuggee.snapshot(900).blocked, undefined);
    assert.equal(debuggee.snapshot(1_100).blocked?.durationMs, 1_040);
  });

  it('is said to do so from the threshold on where that is longer', () => {
    const { poll, debuggee } = watched();
    debuggee.thresholdMs = 2_000;
    poll({ nowMs: 60 });
    debuggee.silent(300, 60);
    assert.equal(debuggee.snapshot(2_000).blocked, undefined);
    assert.equal(debuggee.snapshot(2_100).blocked?.durationMs, 2_040);
  });
});

describe('Blocks without a line of the program', () => {
  const over = { type: 'Timeout', seq: 2, startedMs: 1_000 };

  it('are counted together', () => {
    const { sees, told, poll } = watched();
    sees([[1_150, KNEX]], over, 1_300);
    poll({ nowMs: 2_000, blocks: [block({ seq: 3, startedMs: 1_500, durationMs: 200 })] });
    const { warnings, foreign } = told();
    assert.deepEqual(warnings, []);
    assert.deepEqual(
      [foreign?.count, foreign?.totalMs, foreign?.maxMs, foreign?.lines],
      [
        2,
        500,
        300,
        [
          {
            site: { file: '/shop/node_modules/knex/index.js', line: 3, column: 5, function: 'init' },
            count: 1,
            totalMs: 300,
            package: 'knex',
          },
        ],
      ],
    );
  });

  it('are others than those of packages that the program calls', () => {
    const { sees, told } = watched();
    sees([[1_150, LODASH, KNEX, 'report /shop/report.js:9']], over, 1_300);
    assert.deepEqual(told().warnings, ['Blocked the event loop for 300 ms /shop/report.js:9']);
    assert.equal(told().foreign, undefined);
  });

  it('are others than those of a request', () => {
    const { sees, told, poll } = watched();
    const request = resource(4, 'HTTPSERVERREQUEST', { detail: { method: 'GET', path: '/cart' } });
    poll({ nowMs: 900, entries: [request] });
    sees([[1_150, KNEX]], { ...over, entry: 4 });
    poll({ nowMs: 1_301, blocks: [block({ seq: 2, startedMs: 1_000, durationMs: 300, entry: 4 })] });
    assert.match(told().warnings[0] ?? '', /^Blocked the event loop for 300 ms, for GET \/cart/);
  });

  it('are no warning while one goes on', () => {
    const { sees, debuggee } = watched();
    sees([[1_150, KNEX]], over);
    assert.deepEqual(debuggee.snapshot(1_150).warnings, []);
  });
});
