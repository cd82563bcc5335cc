import assert from 'node:assert/strict';
import type { CallUsage, ScriptCode } from '../../../src/model/scriptCode.js';
import { type Finding, isFinding } from '../../../src/protocol/snapshot.js';
import { connected, entry, plainSites, promise, resource, site } from '../../support/wire.js';

const SCRIPTS = ['/shop/shop.js', 'node:internal/timers', '/shop/node_modules/pg/client.js'];
/** By index: nowhere, three functions of the program, Node's timers, and a package. */
const SITES = [
  site(0),
  site(5, 'main'),
  site(8, 'save'),
  site(12, 'load'),
  site(3, 'listOnTimeout', 1),
  site(9, 'query', 2),
];

/** A text in which every call and callback is of one sort. */
function text(usage: CallUsage | undefined, givenTo?: string): ScriptCode {
  return { usage: () => usage, givenTo: () => givenTo } as unknown as ScriptCode;
}

function start(code?: ScriptCode): {
  poll: ReturnType<typeof connected>['poll'];
  debuggee: ReturnType<typeof connected>['debuggee'];
  found: () => string[];
  findings: () => Finding[];
} {
  const sites = { ...plainSites, code: () => code };
  const { debuggee, poll } = connected({ sites });
  poll({ scripts: SCRIPTS, sites: SITES });
  const findings = (): Finding[] => debuggee.snapshot(100_000).warnings.filter(isFinding);
  return {
    debuggee,
    poll,
    findings,
    found: () => findings().map(({ kind, message }) => `${kind}: ${message}`),
  };
}

const DISCARDED = { isDiscarded: true, isInAsync: true };
const MAIN = { site: 1, call: 1 };
const SAVE = { site: 2, call: 1, by: 1 };

describe('The finding floatingPromise', () => {
  function outlive(code: ScriptCode | undefined, over: object = {}): string[] {
    const { poll, found } = start(code);
    poll({ entries: [entry(1, 'main', MAIN), entry(2, 'save', { ...SAVE, ...over })] });
    poll({ ended: [1] });
    return found();
  }

  it('is a call that is a statement of its own and went on after its caller', () => {
    assert.deepEqual(outlive(text(DISCARDED)), [
      'floatingPromise: Nobody awaits save: it went on after main had ended',
    ]);
  });

  it('is a callback of forEach', () => {
    assert.deepEqual(outlive(text(undefined, 'forEach'), { call: undefined }), [
      'floatingPromise: forEach does not await its async callback: it went on after its caller had ended',
    ]);
  });

  it('is one of a caller that was too short to be told', () => {
    const { poll, found } = start(text(DISCARDED));
    poll({ entries: [entry(7, 'save', { ...SAVE, by: 5 })] });
    assert.equal(found().length, 1);
  });

  it('is looked for again until the text is there', () => {
    const script: { code?: ScriptCode } = {};
    const { debuggee, poll } = connected({ sites: { ...plainSites, code: () => script.code } });
    poll({ scripts: SCRIPTS, sites: SITES, entries: [entry(1, 'main', MAIN), entry(2, 'save', SAVE)] });
    poll({ ended: [1] });
    assert.deepEqual(debuggee.snapshot(1000).warnings, []);
    script.code = text(DISCARDED);
    poll({ ended: [2] });
    assert.equal(debuggee.snapshot(1000).warnings.length, 1);
  });

  it('is decided after the last poll, when the text comes then', () => {
    const script: { code?: ScriptCode } = {};
    const { debuggee, poll } = connected({ sites: { ...plainSites, code: () => script.code } });
    poll({ scripts: SCRIPTS, sites: SITES, entries: [entry(1, 'main', MAIN), entry(2, 'save', SAVE)] });
    poll({ ended: [1, 2] });
    poll({ entries: [entry(3, 'main', MAIN), entry(4, 'save', { ...SAVE, by: 3 })] });
    poll({ ended: [3] });
    debuggee.ending({ stack: [], code: 0 });
    script.code = text(DISCARDED);
    debuggee.sitesChanged();
    assert.equal(debuggee.snapshot(1000).warnings.filter(({ kind }) => kind === 'floatingPromise').length, 1);
  });

  it('is none where its value goes somewhere, or no await could stand before it', () => {
    assert.deepEqual(outlive(text({ isDiscarded: false, isInAsync: true })), []);
    assert.deepEqual(outlive(text({ isDiscarded: true, isInAsync: false })), []);
    assert.deepEqual(outlive(text(undefined)), []);
    assert.deepEqual(outlive(text(undefined, 'map'), { call: undefined }), []);
  });

  it('is none in a package, without a caller, where somebody awaits it, or where it ends first', () => {
    assert.deepEqual(outlive(text(DISCARDED), { call: 5 }), []);
    assert.deepEqual(outlive(text(DISCARDED), { by: 0 }), []);
    const { poll, found } = start(text(DISCARDED));
    poll({ entries: [entry(1, 'main', MAIN), entry(2, 'save', SAVE), entry(3, 'load', { waits: [2] })] });
    poll({ ended: [1] });
    poll({ entries: [entry(4, 'main', MAIN), entry(5, 'save', { ...SAVE, by: 4 })] });
    poll({ ended: [4, 5] });
    assert.deepEqual(found(), []);
  });
});

describe('The finding deadlock', () => {
  it('is a circle, told once with who waits for whom', () => {
    const { poll, findings } = start();
    poll({
      entries: [
        entry(1, 'load', { site: 3, await: 3, waits: [2] }),
        entry(2, 'save', { site: 2, await: 2, waits: [1] }),
      ],
    });
    poll();
    const [finding, ...others] = findings();
    assert.equal(others.length, 0);
    assert.equal(finding?.message, 'load and save wait for each other and can never go on');
    assert.deepEqual(
      finding.evidence.map(({ text: fact }) => fact),
      ['load waits for save', 'save waits for load'],
    );
    assert.equal(finding.ongoing, true);
  });

  it('is a task whose promise was collected while it was pending, with what it waits for', () => {
    const { poll, found } = start();
    poll({
      entries: [
        entry(1, 'main', { site: 1, await: 1, waits: [2] }),
        entry(2, 'save', { site: 2, await: 2, waits: [3], by: 1 }),
        promise(3, 'new', { site: 2, by: 1 }),
      ],
    });
    poll({ collected: [1, 2, 3] });
    assert.deepEqual(found(), [
      'deadlock: main can never go on: nothing refers to what it waits for any more',
    ]);
  });

  it('is none where one of several things can set it going, or it was begun by another task', () => {
    const { poll, found } = start();
    poll({
      entries: [
        entry(1, 'main', { site: 1, waits: [2] }),
        promise(2, 'combinator', { type: 'race', inputs: 2, waits: [1, 3] }),
        resource(3, 'Timeout'),
        entry(4, 'save', { site: 2, by: 9, waits: [] }),
      ],
    });
    poll({ collected: [4] });
    assert.deepEqual(found(), []);
  });
});

describe('The finding pendingAtExit', () => {
  function ended(over: {
    by: 'itself' | 'exit';
    entries: ReturnType<typeof entry>[];
    code?: number;
  }): string[] {
    const { poll, debuggee, found } = start();
    poll({ entries: over.entries });
    const exit = { url: 'node:internal/process/per_thread', line: 1, column: 1, function: 'exit' };
    const own = { url: '/shop/shop.js', line: 20, column: 1, function: 'quit' };
    debuggee.ending({ stack: over.by === 'exit' ? [exit, own] : [], code: over.code ?? 0 });
    return found();
  }

  it('names the task at the top and what it waited for', () => {
    const entries = [
      entry(1, 'main', { site: 1, await: 1, waits: [2] }),
      entry(2, 'load', { site: 3, await: 3, waits: [3], by: 1 }),
      promise(3, 'new', { site: 3, by: 2 }),
    ];
    assert.deepEqual(ended({ by: 'itself', entries }), [
      'pendingAtExit: main still waited for a promise that nobody settled when the program ended',
    ]);
    assert.match(ended({ by: 'itself', entries, code: 13 })[0] ?? '', /ended with code 13$/);
  });

  it('is what process.exit has cut off, where that was an operation', () => {
    const waiting = entry(1, 'load', { site: 3, await: 3, waits: [2] });
    assert.deepEqual(ended({ by: 'exit', entries: [waiting, resource(2, 'FSREQPROMISE')] }), [
      'pendingAtExit: load still waited for file operation when process.exit was called',
    ]);
    assert.deepEqual(ended({ by: 'exit', entries: [waiting, resource(2, 'Timeout')] }), []);
  });

  it('is none of tasks that run, of packages, and of what waits for an unreferenced timer', () => {
    assert.deepEqual(ended({ by: 'itself', entries: [entry(1, 'main', { site: 1, state: 'running' })] }), []);
    const ofPackage = entry(1, 'query', { site: 5, await: 5, waits: [0] });
    assert.deepEqual(ended({ by: 'itself', entries: [ofPackage] }), []);
    const loose = resource(2, 'Timeout', { detail: { timerMs: 50, armedMs: 0, loose: 'unref' } });
    assert.deepEqual(
      ended({ by: 'itself', entries: [entry(1, 'main', { site: 1, await: 1, waits: [2] }), loose] }),
      [],
    );
  });
});

describe('The finding slowTask', () => {
  function waits(type: string, untilMs: number): string[] {
    const { poll, found } = start();
    poll({
      entries: [entry(1, 'load', { site: 3, await: 3, waits: [2] }), resource(2, type)],
      nowMs: 200,
    });
    poll({ nowMs: untilMs });
    return found();
  }

  it('is one operation that takes longer than ten seconds', () => {
    assert.deepEqual(waits('HTTPCLIENTREQUEST', 10_300), [
      'slowTask: load has waited for HTTP request for more than 10 s',
    ]);
    assert.deepEqual(waits('HTTPCLIENTREQUEST', 9_000), []);
  });

  it('is none of what says itself how long it takes, or may come at any time', () => {
    for (const type of ['Timeout', 'TCPWRAP', 'PROCESSWRAP', 'WORKER', 'MESSAGEPORT', 'TTYWRAP'])
      assert.deepEqual(waits(type, 60_000), [], type);
  });

  it('goes on no longer when the task has gone on, and begins anew', () => {
    const { poll, findings } = start();
    const entries = [entry(1, 'load', { site: 3, await: 3, waits: [2] }), resource(2, 'UNDICIREQUEST')];
    poll({ entries, nowMs: 200 });
    poll({ nowMs: 10_300 });
    poll({ entries: [entry(1, 'load', { site: 3, await: 3, runs: 2, waits: [2] })], nowMs: 10_400 });
    assert.deepEqual(
      findings().map(({ ongoing, count }) => [ongoing, count]),
      [[false, 1]],
    );
  });
});

describe('The finding openRequest', () => {
  const REQUEST = resource(1, 'HTTPSERVERREQUEST', {
    bornMs: 100,
    detail: { method: 'GET', path: '/orders' },
  });

  it('is a request for which nothing goes on, until it is answered', () => {
    const { poll, found, findings } = start();
    poll({ entries: [REQUEST, entry(2, 'handle', { site: 1, by: 1 })], nowMs: 200 });
    poll({ ended: [2], nowMs: 300 });
    poll({ nowMs: 10_200 });
    assert.deepEqual(found(), [
      'openRequest: GET /orders has had no answer for 10 s, and nothing goes on for it',
    ]);
    poll({ ended: [1], nowMs: 10_300 });
    assert.equal(findings()[0]?.ongoing, false);
  });

  it('is none while a task, a timer or what nobody knows goes on for it', () => {
    for (const other of [
      [entry(2, 'handle', { site: 1, by: 1 })],
      [resource(2, 'Timeout', { by: 1 })],
      [entry(2, 'handle', { site: 1, by: 1 }), entry(3, 'load', { site: 3, by: 2 })],
      // begun by what was too short to be told
      [resource(9, 'Timeout', { by: 5 })],
    ]) {
      const { poll, found } = start();
      poll({ entries: [REQUEST, ...other], nowMs: 200 });
      poll({ nowMs: 20_000 });
      assert.deepEqual(found(), []);
    }
  });
});

describe('The finding leak', () => {
  function grow(each: (window: number) => { add: number; end: number }): string[] {
    const { poll, found } = start();
    let id = 0;
    let gone = 0;
    for (let window = 0; window <= 14; window++) {
      const { add, end } = each(window);
      const entries = Array.from({ length: add }, () => resource(++id, 'Timeout', { site: 2 }));
      const ended = Array.from({ length: end }, () => ++gone);
      poll({ entries, ended, nowMs: 200 + window * 10_001 });
    }
    return found();
  }

  it('is a place of which more is alive in each of twelve windows', () => {
    const [finding, ...others] = grow(() => ({ add: 10, end: 0 }));
    assert.equal(others.length, 0);
    assert.match(finding ?? '', /^leak: \d+ of setTimeout are there, more in each of the last \d+ times/);
  });

  it('is none where as much ends, where it grows by little, or where it has stopped growing', () => {
    assert.deepEqual(
      grow((window) => ({ add: 10, end: window > 0 ? 10 : 0 })),
      [],
    );
    assert.deepEqual(
      grow(() => ({ add: 2, end: 0 })),
      [],
    );
    assert.deepEqual(
      grow((window) => ({ add: window < 8 ? 50 : 0, end: 0 })),
      [],
    );
  });
});

describe('The finding unclosed', () => {
  it('is a file that is open at the end, and none that was closed', () => {
    const { poll, debuggee, found } = start();
    const file = (id: number) => resource(id, 'FILEHANDLE', { site: 3, detail: { file: '/shop/a.txt' } });
    poll({ entries: [file(1), file(2)] });
    poll({ ended: [2] });
    debuggee.ending({ stack: [], code: 0 });
    assert.deepEqual(found(), ['unclosed: open file a.txt was never closed']);
  });
});

describe('The finding overlap', () => {
  function calls(code: ScriptCode, call: number): string[] {
    const { poll, found } = start(code);
    poll({ entries: [1, 2, 3].map((id) => entry(id, 'tick', { site: 2, call })) });
    return found();
  }

  it('is an async callback of setInterval that goes on several times at once', () => {
    assert.deepEqual(calls(text(undefined, 'setInterval'), 4), [
      'overlap: The async callback of setInterval is called again before its last call has ended: 3 go on at once',
    ]);
  });

  it('is told when the text comes after they have ended', () => {
    const script: { code?: ScriptCode } = {};
    const { debuggee, poll } = connected({ sites: { ...plainSites, code: () => script.code } });
    poll({ scripts: SCRIPTS, sites: SITES });
    poll({ entries: [1, 2].map((id) => entry(id, 'tick', { site: 2, call: 4 })) });
    poll({ ended: [1, 2] });
    script.code = text(undefined, 'setInterval');
    debuggee.sitesChanged();
    const [finding] = debuggee.snapshot(1000).warnings.filter(isFinding);
    assert.equal(finding?.kind, 'overlap');
    assert.equal(finding.ongoing, false);
  });

  it('is none of timeouts, and of what is not called by a timer', () => {
    assert.deepEqual(calls(text(undefined, 'setTimeout'), 4), []);
    assert.deepEqual(calls(text(undefined, 'setInterval'), 1), []);
  });
});

describe('The finding keptAlive', () => {
  const CONNECTION = resource(1, 'TCPWRAP', { site: 3, detail: { host: '10.0.0.1', port: 5432 } });

  it('tells on demand what is referenced, and how much else there is', () => {
    const { poll, debuggee, findings } = start();
    const loose = resource(2, 'Timeout', { site: 2, detail: { timerMs: 50, armedMs: 0, loose: 'unref' } });
    poll({ entries: [CONNECTION, loose] });
    debuggee.tellWhyAlive();
    poll(); // it stays
    const [finding] = findings();
    assert.equal(finding?.message, 'Only TCP connection 10.0.0.1:5432 keeps the program running');
    assert.equal(finding.site?.line, 12);
    assert.match(finding.evidence.at(-1)?.text ?? '', /^1 other unref'd/);
  });

  it('is told where nothing but connections was there for long, and withdrawn when something comes', () => {
    const { poll, found } = start();
    const loop = { idleMs: 100, turnMaxMs: 0, turns: 0 };
    poll({ entries: [entry(5, 'main', MAIN), CONNECTION], nowMs: 200 });
    poll({ ended: [5], nowMs: 300, loop });
    poll({ nowMs: 20_000, loop });
    assert.deepEqual(found(), []);
    poll({ nowMs: 31_000, loop });
    assert.equal(found().length, 1);
    poll({ nowMs: 31_100, loop: { ...loop, turns: 1 } });
    assert.deepEqual(found(), []);
  });

  it('is not told of a server, a timer or a task that waits', () => {
    for (const other of [
      resource(2, 'TCPSERVERWRAP'),
      resource(2, 'Timeout'),
      entry(2, 'load', { site: 3 }),
    ]) {
      const { poll, found } = start();
      const loop = { idleMs: 100, turnMaxMs: 0, turns: 0 };
      poll({ entries: [entry(5, 'main', MAIN), CONNECTION, other], nowMs: 200 });
      poll({ ended: [5], nowMs: 300, loop });
      poll({ nowMs: 60_000, loop });
      assert.deepEqual(found(), []);
    }
  });
});
