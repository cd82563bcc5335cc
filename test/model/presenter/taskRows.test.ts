import assert from 'node:assert/strict';
import { type Row, type TaskRowOptions, taskRows, treeText } from '../../../src/model/presenter/index.js';
import type { ProcessSnapshot, Snapshot } from '../../../src/protocol/snapshot.js';
import type { Poll, WireEntry } from '../../../src/protocol/wire.js';
import { connected, entry, frame, promise, resource, site, turn } from '../../support/wire.js';

const options: TaskRowOptions = { grouping: 'awaits', filter: '', internals: false, maxRows: 100 };

function snapshotOf(...processes: ProcessSnapshot[]): Snapshot {
  return { version: 1, takenAt: '2024-01-01T00:00:00.000Z', processes };
}

function processOf(over: Partial<Poll>, atMs = 1200, session = 's1', parent?: string): ProcessSnapshot {
  const { debuggee, poll } = connected({ session, ...(parent === undefined ? {} : { parent }) });
  poll(over);
  return debuggee.snapshot(atMs);
}

function text(over: Partial<Poll>, changed: Partial<TaskRowOptions> = {}): string {
  return treeText(taskRows(snapshotOf(processOf(over)), { ...options, ...changed }));
}

function all(rows: readonly Row[]): Row[] {
  return rows.flatMap((row) => [row, ...all(row.children)]);
}

const timer = (id: number, over: Partial<WireEntry> = {}): WireEntry =>
  resource(id, 'Timeout', { detail: { timerMs: 1000, armedMs: 500 }, ...over });

/** A handler that awaits three things at once, a loop, a server and a timer of its own. */
const shop: Partial<Poll> = {
  scripts: ['/shop/server.ts', '/shop/stock.ts', 'node:net', '/shop/node_modules/pg/client.js'],
  sites: [
    site(50, 'checkout'),
    site(57, 'checkout'),
    site(10, 'reserve', 1),
    site(12, 'reserve', 1),
    site(99, 'connect', 2),
    site(7, 'query', 3),
    site(30, 'main'),
  ],
  entries: [
    resource(1, 'TCPSERVERWRAP', { detail: { port: 8080 }, site: 4 }),
    entry(2, 'checkout', { site: 0, await: 1, waits: [3], bornMs: 0 }),
    entry(3, 'Promise.all', { kind: 'combinator', state: 'pending', waits: [4, 7], inputs: 3, site: 1 }),
    entry(4, 'reserve', { site: 2, await: 3, waits: [5], bornMs: 200 }),
    promise(5, 'new', { site: 3, waits: [6], bornMs: 200 }),
    timer(6, { site: 3 }),
    entry(7, 'query', { site: 5, waits: [8], bornMs: 300 }),
    promise(8, 'promise', { site: 5, waits: [9] }),
    resource(9, 'TCPCONNECTWRAP', { site: 4, detail: { host: '127.0.0.1', port: 5432 }, bornMs: 400 }),
    promise(10, 'then', { site: 6, type: 'then', bornMs: 1000 }),
    timer(11, { site: 6 }),
    promise(12, 'promise', { site: 4 }),
    timer(13, { site: 4 }),
  ],
  loop: { idleMs: 97, turnMaxMs: 2, turns: 5 },
};

describe('taskRows', () => {
  it('shows what nobody awaits, and below it what it waits for', () => {
    assert.equal(
      text(shop),
      `
shop  pid 123 · 2 tasks · loop 3 %
  checkout  ⟶ Promise.all 1/3 · 1.2 s  server.ts:57
    Promise.all 1/3  ⟶ 2 promises · 1.2 s  server.ts:57
      reserve  ⟶ setTimeout 1,000 ms · 1.0 s  stock.ts:12
        setTimeout 1,000 ms  300 ms left  stock.ts:12
      query (pg)  ⟶ TCP connect 127.0.0.1:5432 · 900 ms  client.js:7
        TCP connect 127.0.0.1:5432  800 ms
  setTimeout 1,000 ms  300 ms left  server.ts:30
  .then  200 ms  server.ts:30
  Handles  1 handle
    TCP server :8080`.trim(),
    );
  });

  it('says what is older than a debugger that came late', () => {
    const rows = (late: boolean): string => {
      const { debuggee, poll } = connected({ hello: { late } });
      poll({
        entries: [
          resource(1, 'TCPSERVERWRAP', { detail: { port: 8080 } }),
          resource(2, 'FSREQCALLBACK', { bornMs: 50 }),
        ],
      });
      return treeText(taskRows(snapshotOf(debuggee.snapshot(1050)), options));
    };
    assert.equal(
      rows(true),
      `shop  pid 123 · 0 tasks · loop 0 % · attached while it ran: older tasks are not shown until they go on
  file operation  1.0 s
  Handles  1 handle
    TCP server :8080  older than the debugger`,
    );
    assert.doesNotMatch(rows(false), /attached|older/);
  });

  it('shows the code of Node and of packages when asked', () => {
    const shown = text(shop, { internals: true });
    assert.match(shown, /^ {8}query \(pg\) {2}⟶ TCP connect/m);
    assert.match(shown, /^ {2}net\.connect {2}1\.2 s$/m);
  });

  it('groups by site with counts', () => {
    const many = Array.from({ length: 1204 }, (_, id) => entry(id + 1, 'job', { site: 0, bornMs: id }));
    assert.equal(
      text(
        { scripts: ['/shop/jobs.ts'], sites: [site(3, 'job')], entries: [...many, entry(5000, 'other')] },
        {
          grouping: 'site',
          maxRows: 2,
        },
      ),
      `
shop  pid 123 · 1,205 tasks · loop 0 %
  job  ×1,204 · oldest 1.2 s  jobs.ts:3
    job  awaiting · 1.2 s  jobs.ts:3
    job  awaiting · 1.2 s  jobs.ts:3
    1,202 more: use the filter
  other  ×1 · oldest 1.2 s
    other  awaiting · 1.2 s`.trim(),
    );
  });

  it('groups by type', () => {
    assert.deepEqual(
      text(shop, { grouping: 'type' })
        .split('\n')
        .filter((line) => /^ {2}\S/.test(line)),
      [
        '  async function  ×2 · oldest 1.2 s',
        '  timer  ×2 · oldest 1.2 s',
        '  TCP server  ×1 · oldest 1.2 s',
        '  Promise.all  ×1 · oldest 1.2 s',
        '  new Promise  ×1 · oldest 1.0 s',
        '  .then  ×1 · oldest 200 ms',
      ],
    );
  });

  it('lists the oldest first', () => {
    assert.deepEqual(
      text(shop, { grouping: 'age' })
        .split('\n')
        .slice(1)
        .map((line) => line.trim().split('  ')[0]),
      [
        'checkout',
        'Promise.all 1/3',
        'setTimeout 1,000 ms',
        'setTimeout 1,000 ms',
        'reserve',
        'new Promise',
        '.then',
      ],
    );
  });

  describe('filter', () => {
    it('keeps what matches, what is above it and what is below it', () => {
      assert.equal(
        text(shop, { filter: ' RESERVE ' }),
        `
shop  pid 123 · 2 tasks · loop 3 %
  checkout  ⟶ Promise.all 1/3 · 1.2 s  server.ts:57
    Promise.all 1/3  ⟶ 2 promises · 1.2 s  server.ts:57
      reserve  ⟶ setTimeout 1,000 ms · 1.0 s  stock.ts:12
        setTimeout 1,000 ms  300 ms left  stock.ts:12`.trim(),
      );
    });

    it('looks at descriptions and files too', () => {
      assert.match(text(shop, { filter: '5432' }), /TCP connect/);
      assert.match(text(shop, { filter: '/shop/stock' }), /reserve/);
      assert.equal(
        text(shop, { filter: 'nothing like it' }),
        'shop  pid 123 · 2 tasks · loop 3 %\nNo task passes the filter',
      );
    });

    it('works in every grouping', () => {
      for (const grouping of ['site', 'type', 'age'] as const) {
        const shown = text(shop, { filter: 'reserve', grouping });
        assert.match(shown, /reserve/);
        assert.doesNotMatch(shown, /TCP server/);
      }
    });
  });

  it('shows a circle of tasks once, and says so', () => {
    assert.equal(
      text({
        entries: [
          entry(1, 'a', { waits: [2] }),
          entry(2, 'b', { waits: [1] }),
          entry(3, 'c', { waits: [3] }),
        ],
      }),
      `
shop  pid 123 · 3 tasks · loop 0 %
  a  ⟶ b · waits in a circle · 1.2 s
    b  ⟶ a · waits in a circle · 1.2 s
      a  the same as above
  c  waits for itself · 1.2 s
    c  the same as above`.trim(),
    );
  });

  it('shows what a package of others waits for when that is the user’s own', () => {
    assert.equal(
      text({
        scripts: ['/shop/a.ts', '/shop/node_modules/p-limit/index.js'],
        sites: [site(1, 'main'), site(2, 'run', 1), site(3, 'work'), site(4, 'inner', 1)],
        entries: [
          entry(1, 'outside', { site: 1, waits: [2] }),
          entry(2, 'main', { site: 0, waits: [3] }),
          entry(3, 'run', { site: 1, waits: [4] }),
          entry(4, 'inner', { site: 3, waits: [5] }),
          entry(5, 'work', { site: 2 }),
        ],
      }),
      `
shop  pid 123 · 2 tasks · loop 0 %
  main  ⟶ run (p-limit) · 1.2 s  a.ts:1
    run (p-limit)  ⟶ work · 1.2 s  index.js:2
      work  awaiting · 1.2 s  a.ts:3`.trim(),
    );
  });

  it('shows a hidden promise that has nothing behind it as a leaf', () => {
    assert.equal(
      text({
        scripts: ['/a.ts', 'node:internal/streams'],
        sites: [site(1), site(2, 'once', 1)],
        entries: [entry(1, 'main', { site: 0, waits: [2] }), promise(2, 'promise', { site: 1 })],
      }).split('\n')[2],
      '    promise of Node  1.2 s',
    );
  });

  it('shows the request that a promise was made for, and its connections as handles', () => {
    assert.equal(
      text({
        scripts: ['/a.ts'],
        sites: [site(1, 'main'), site(2, 'main')],
        entries: [
          entry(1, 'main', { site: 0, await: 1, waits: [2] }),
          promise(2, 'new', { site: 1, waits: [3, 4, 5, 6] }),
          resource(3, 'TCPWRAP'),
          resource(4, 'TLSWRAP'),
          resource(5, 'QueuedRequest'),
          resource(6, 'HTTPCLIENTREQUEST', { detail: { method: 'GET', path: '/cart' } }),
        ],
      }),
      `
shop  pid 123 · 1 task · loop 0 %
  main  ⟶ http GET /cart · 1.2 s  a.ts:2
    http GET /cart  1.2 s
  Handles  2 handles
    TCP connection
    TLS connection`.trim(),
    );
  });

  it('shows the child process that a promise was made for, and its pipes as handles', () => {
    const rows = text({
      entries: [
        entry(1, 'main', { waits: [2] }),
        promise(2, 'new', { waits: [3, 4, 5] }),
        resource(3, 'PIPEWRAP'),
        resource(4, 'PROCESSWRAP', { detail: { command: 'sleep 5', pid: 7 } }),
        resource(5, 'PIPEWRAP'),
      ],
    });
    assert.match(rows, /^ {2}main {2}⟶ child process sleep 5 · 1\.2 s\n {4}child process sleep 5 {2}pid 7$/m);
    assert.match(rows, /^ {2}Handles {2}2 handles\n {4}pipe\n {4}pipe$/m);
  });

  it('shows a carrier where nothing else is known, and no plumbing', () => {
    const rows = text({
      entries: [
        entry(1, 'waits', { waits: [2] }),
        promise(2, 'new', { waits: [3] }),
        resource(3, 'QueuedRequest'),
        entry(4, 'reads', { waits: [5] }),
        promise(5, 'new', { waits: [6] }),
        resource(6, 'STREAM_END_OF_STREAM'),
        resource(7, 'PendingRequest'),
      ],
    });
    assert.deepEqual(rows.split('\n').slice(1), [
      '  waits  ⟶ queued HTTP request · 1.2 s',
      '    queued HTTP request  1.2 s',
      '  reads  ⟶ new Promise · 1.2 s',
      '    new Promise  1.2 s',
    ]);
    assert.match(
      text({ entries: [resource(7, 'PendingRequest')] }, { internals: true }),
      /queued HTTP\/2 request/,
    );
  });

  it('shows one row for a function of Node and the operation of that name', () => {
    const shown = (file: string, line = 2): string[] =>
      text({
        scripts: ['/a.ts', file],
        sites: [site(1, 'main'), site(line, 'readFile', 1), site(9, 'readFile', 1)],
        entries: [
          entry(1, 'main', { site: 0, waits: [2] }),
          entry(2, 'readFile', { site: 1, waits: [3] }),
          promise(3, 'new', { site: 2, waits: [4] }),
          resource(4, 'FSREQCALLBACK', { call: 2 }),
        ],
      })
        .split('\n')
        .slice(1);
    assert.deepEqual(shown('node:internal/fs/promises'), [
      '  main  ⟶ fs.promises.readFile · 1.2 s  a.ts:1',
      '    fs.promises.readFile  1.2 s',
    ]);
    assert.equal(shown('/shop/node_modules/store/index.js').length, 3);
  });

  it('does not go round in a circle of hidden functions', () => {
    assert.match(
      text({
        scripts: ['/a.ts', 'node:fs'],
        sites: [site(1, 'main'), site(2, 'a', 1)],
        entries: [
          entry(1, 'main', { site: 0, waits: [2] }),
          entry(2, 'a', { site: 1, waits: [3] }),
          entry(3, 'b', { site: 1, waits: [2] }),
        ],
      }),
      /main {2}⟶ fs\.a/,
    );
  });

  it('gives every row an id of its own that survives a refresh', () => {
    const shared = {
      entries: [
        entry(1, 'a', { waits: [3] }),
        entry(2, 'b', { waits: [3] }),
        entry(3, 'c', { waits: [4] }),
        timer(4),
        resource(5, 'TCPWRAP'),
      ],
    };
    for (const grouping of ['awaits', 'site', 'type', 'age'] as const) {
      const ids = (atMs: number) =>
        all(
          taskRows(snapshotOf(processOf(shared, atMs), processOf(shared, atMs, 's2')), {
            ...options,
            grouping,
          }),
        ).map((row) => row.id);
      assert.equal(new Set(ids(1000)).size, ids(1000).length);
      assert.deepEqual(ids(1000), ids(9000));
    }
  });

  it('bounds rows per level, in depth and in all', () => {
    const wide = Array.from({ length: 1304 }, (_, id) => entry(id + 1, `f${id}`));
    const level = taskRows(snapshotOf(processOf({ entries: wide })), options)[0]?.children ?? [];
    assert.equal(level.length, 101);
    assert.equal(level.at(-1)?.label, '1,204 more: use the filter');
    assert.equal(level.at(-1)?.context, 'more');

    const deep = Array.from({ length: 20_000 }, (_, id) => promise(id + 1, 'then', { waits: [id + 2] }));
    assert.equal(all(taskRows(snapshotOf(processOf({ entries: deep })), options)).length, 42);

    // Every node waits for two that both wait for the next: 2 to the power of 30 paths.
    const diamonds = Array.from({ length: 30 }, (_, n) => [
      entry(3 * n + 1, 'top', { waits: [3 * n + 2, 3 * n + 3] }),
      entry(3 * n + 2, 'left', { waits: [3 * n + 4] }),
      entry(3 * n + 3, 'right', { waits: [3 * n + 4] }),
    ]).flat();
    assert.ok(all(taskRows(snapshotOf(processOf({ entries: diamonds })), options)).length < 11_000);
  });

  it('writes plain text whatever the program is called', () => {
    const [row] = taskRows(
      snapshotOf(processOf({ entries: [entry(1, `evil\u001b[31m\n${'x'.repeat(900)}`)] })),
      options,
    );
    const label = row?.children[0]?.label ?? '';
    assert.ok(label.startsWith('evil [31m xxx'));
    assert.equal(label.length, 200);
  });

  it('gives menus their words, and clicks their places', () => {
    const rows = all(taskRows(snapshotOf(processOf(shop)), options));
    const row = (label: string) => rows.find((one) => one.label.startsWith(label));
    assert.equal(row('checkout')?.context, 'task awaitSite creationSite');
    assert.equal(row('checkout')?.awaitSite?.line, 57);
    assert.equal(row('checkout')?.creationSite?.line, 50);
    assert.equal(row('TCP connect')?.context, 'task');
    assert.equal(row('Handles')?.context, 'group');
    assert.equal(row('Handles')?.expanded, false);
    assert.equal(row('shop')?.context, 'process running');
    assert.ok(rows.every((one) => one.session === 's1'));
  });

  it('tells states by calm icons', () => {
    const [process] = taskRows(
      snapshotOf(
        processOf({
          entries: [
            entry(1, 'now', { state: 'running' }),
            entry(2, 'soon', { state: 'ready' }),
            entry(3, 'later'),
          ],
        }),
      ),
      options,
    );
    assert.deepEqual(
      process?.children.map(({ icon, color, description }) => [icon, color, description]),
      [
        ['play-circle', 'running', 'running · 1.2 s'],
        ['play', 'ok', 'ready'],
        ['watch', undefined, 'awaiting · 1.2 s'],
      ],
    );
  });

  it('tells all of a task in its tooltip', () => {
    const rows = all(taskRows(snapshotOf(processOf(shop)), options));
    assert.equal(
      rows.find((row) => row.label === 'reserve')?.tooltip,
      `
reserve: async function, awaiting
1.0 s old, resumed 1 time
Waiting at /shop/stock.ts:12:5 in reserve
Defined at /shop/stock.ts:10:5 in reserve
Waits for new Promise
Awaited by Promise.all 1/3`.trim(),
    );
  });

  describe('processes', () => {
    it('says what a blocked process is blocked by', () => {
      const process = processOf(
        { nowMs: 3000, turn: turn({ stack: [frame('parseReport /shop/report.ts:88')] }) },
        3200,
      );
      const [row] = taskRows(snapshotOf(process), options);
      assert.equal(row?.description, 'blocked 3.2 s in parseReport report.ts:88');
      assert.equal(row.context, 'process blocked awaitSite');
      assert.equal(row.icon, 'warning');
      assert.match(row.tooltip, /at parseReport report\.ts:88/);
    });

    it('says so when native code holds the loop', () => {
      const { debuggee } = connected();
      debuggee.silent(500, 100);
      const [row] = taskRows(snapshotOf(debuggee.snapshot(1600)), options);
      assert.equal(row?.description, 'no answer for 1.5 s');
    });

    it('puts workers below the process that started them', () => {
      const worker = { ...processOf({}, 0, 's2', 's1'), name: 'worker.js', threadId: 1 };
      const orphan = { ...processOf({}, 0, 's3', 'gone'), name: 'orphan', state: 'paused' as const };
      const ended = {
        ...processOf({}, 0, 's4'),
        name: 'old',
        state: 'ended' as const,
        note: 'exited with code 0',
      };
      assert.equal(
        treeText(
          taskRows(snapshotOf(worker, processOf({ entries: [entry(1, 'main')] }), orphan, ended), options),
        ),
        `
shop  pid 123 · 1 task · loop 0 %
  main  awaiting · 1.2 s
  worker.js  thread 1 · 0 tasks · loop 0 %
orphan  pid 123 · paused · 0 tasks
old  exited with code 0`.trim(),
      );
    });

    it('shows processes once that claim to have started each other', () => {
      const one = processOf({}, 0, 's1', 's2');
      const two = processOf({}, 0, 's2', 's1');
      assert.equal(all(taskRows(snapshotOf(one, two), options)).length, 2);
    });

    it('tells in the tooltip what is missing', () => {
      const [row] = taskRows(snapshotOf(processOf({ dropped: { records: 1204, sites: 3 } })), options);
      assert.match(
        row?.tooltip ?? '',
        /1,204 operations not shown: too many at once.*\n3 of its promises and places not recorded/,
      );
    });
  });
});
