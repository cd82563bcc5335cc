import assert from 'node:assert/strict';
import { type BlockingWarning, isBlocking } from '../../../src/protocol/snapshot.js';
import { parseScript } from '../../../src/source/parseScript.js';
import type { SiteResolver } from '../../../src/model/siteResolver.js';
import type { Poll, WireFrame, WireTurn } from '../../../src/protocol/wire.js';
import {
  poll,
  block,
  connected,
  entry,
  frame,
  hello,
  plainSites,
  promise,
  resource,
  site,
  turn,
} from '../../support/wire.js';

function watched(options: Parameters<typeof connected>[0] = {}) {
  const { debuggee, poll } = connected(options);
  const heard: BlockingWarning[] = [];
  debuggee.onDidWarn((warning) => {
    if (isBlocking(warning)) heard.push(warning);
  });
  return {
    debuggee,
    heard,
    poll,
    /** The turn `seq` seen at `nowMs` with this stack. */
    sample: (nowMs: number, stack: string[], over: Partial<WireTurn> = {}, more: Partial<Poll> = {}) => {
      poll({ nowMs, turn: turn({ stack: stack.map(frame), ...over }), ...more });
    },
    warnings: (atMs = 10_000) => debuggee.snapshot(atMs).warnings.filter(isBlocking),
    messages: (atMs = 10_000) => debuggee.snapshot(atMs).warnings.map((warning) => warning.message),
  };
}

/** The first place of a poll's table: a line of the program. */
const madeAt12: Partial<Poll> = { scripts: ['/shop/jobs.ts'], sites: [site(12, 'schedule')] };

describe('BlockingEpisodes', () => {
  it('reports a block when it is first seen and again, with the same id, when it ends', () => {
    const { heard, sample, poll } = watched();
    sample(150, ['parseReport /shop/report.ts:88', 'handle /shop/server.ts:5']);
    sample(250, ['parseReport /shop/report.ts:88', 'handle /shop/server.ts:5']);
    poll({ nowMs: 500, blocks: [block({ durationMs: 430 })] });
    assert.deepEqual(
      heard.map(({ ongoing, durationMs, count, samples, message }) => ({
        ongoing,
        durationMs,
        count,
        samples,
        message,
      })),
      [
        {
          ongoing: true,
          durationMs: 150,
          count: 1,
          samples: 1,
          message: 'Has blocked the event loop for 150 ms',
        },
        {
          ongoing: false,
          durationMs: 430,
          count: 1,
          samples: 2,
          message: 'Blocked the event loop for 430 ms',
        },
      ],
    );
    assert.equal(heard[0]?.id, heard[1]?.id);
    assert.deepEqual(heard[1]?.site, {
      file: '/shop/report.ts',
      line: 88,
      column: 5,
      function: 'parseReport',
    });
    assert.equal(heard[1].stack?.length, 2);
    assert.equal(heard[1].cause, 'javascript');
  });

  it('reports a block that no poll fell into', () => {
    const { heard, poll } = watched();
    poll({ ...madeAt12, blocks: [block({ durationMs: 120, type: 'TCPSERVERWRAP', site: 0 })] });
    assert.equal(heard.length, 1);
    assert.equal(heard[0]?.ongoing, false);
    assert.equal(heard[0].cause, 'unknown');
    assert.equal(heard[0].site?.line, 12);
  });

  it('takes the site of the task or resource it ran for when there is no stack, even if that ends with it', () => {
    const { warnings, poll } = watched();
    poll({
      scripts: ['/shop/jobs.ts'],
      sites: [site(12, 'schedule')],
      entries: [resource(4, 'Timeout', { site: 0 })],
      blocks: [block({ entry: 4 })],
      ended: [4],
    });
    assert.equal(warnings()[0]?.site?.line, 12);
    assert.equal(warnings()[0]?.task, 's1:4');
  });

  it('joins the blocks of one function into one warning', () => {
    const { poll, sample, warnings, messages } = watched();
    for (const [seq, durationMs] of [
      [1, 1200],
      [2, 300],
      [3, 430],
    ] as const) {
      sample(seq * 2000 + 150, [`parseReport /shop/report.ts:${80 + seq}`], { seq, startedMs: seq * 2000 });
      poll({ nowMs: seq * 2000 + 1500, blocks: [block({ seq, startedMs: seq * 2000, durationMs })] });
    }
    assert.deepEqual(messages(), ['Blocked the event loop for 430 ms (3 times, worst 1.2 s)']);
    const [warning] = warnings();
    assert.equal(warning?.count, 3);
    assert.equal(warning.totalMs, 1930);
    assert.equal(warning.maxMs, 1200);
    assert.deepEqual(
      warning.episodes?.map((episode) => [episode.seq, episode.durationMs, episode.site?.line]),
      [
        [3, 430, 83],
        [2, 300, 82],
        [1, 1200, 81],
      ],
    );
  });

  it('keeps the id of a block whose hottest line changes while it goes on', () => {
    const { heard, sample, poll } = watched();
    sample(150, ['first /a.ts:1']);
    sample(250, ['second /a.ts:50']);
    sample(350, ['second /a.ts:50']);
    poll({ nowMs: 500, blocks: [block()] });
    assert.equal(heard[0]?.id, heard[1]?.id);
    assert.equal(heard[1]?.site?.line, 50);
    assert.deepEqual(
      heard[1].episodes?.[0]?.lines.map(({ site: { line }, samples }) => [line, samples]),
      [
        [50, 2],
        [1, 1],
      ],
    );
  });

  it('keeps two calls of synchronous functions in one function apart, and names them', () => {
    const { poll, sample, messages } = watched();
    sample(150, ['readFileSync node:fs:1', 'main /a.ts:3']);
    poll({ nowMs: 300, blocks: [block({ durationMs: 200 })] });
    sample(650, ['spawnSync node:child_process:9', 'execSync node:child_process:1', 'main /a.ts:4'], {
      seq: 2,
      startedMs: 500,
    });
    poll({ nowMs: 800, blocks: [block({ seq: 2, startedMs: 500, durationMs: 300 })] });
    assert.deepEqual(messages(), [
      'Blocked the event loop for 200 ms in fs.readFileSync',
      'Blocked the event loop for 300 ms in child_process.execSync',
    ]);
  });

  it('tells a chain of microtasks from one long one', () => {
    const { poll, sample, warnings } = watched();
    sample(150, ['a /a.ts:1'], { microtasks: true });
    sample(250, ['b /a.ts:9'], { microtasks: true });
    sample(275, ['c /a.ts:12'], { microtasks: true });
    poll({ nowMs: 400, blocks: [block({ durationMs: 400, callbackMs: 1 })] });
    sample(650, ['long /b.ts:1'], { seq: 2, startedMs: 500, microtasks: true });
    sample(750, ['long /b.ts:2'], { seq: 2, startedMs: 500, microtasks: true });
    poll({ nowMs: 900, blocks: [block({ seq: 2, startedMs: 500, durationMs: 400, callbackMs: 1 })] });
    const unseen = block({ seq: 3, startedMs: 1000, durationMs: 400, callbackMs: 1, site: 0 });
    poll({ nowMs: 1400, ...madeAt12, blocks: [unseen] });
    assert.deepEqual(
      warnings().map((warning) => warning.cause),
      // of the last nothing was seen: it may have been one long microtask as well
      ['microtasks', 'javascript', 'unknown'],
    );
    assert.match(warnings()[0]?.message ?? '', /with a chain of promises or ticks/);
  });

  it('sees that one task was resumed again and again', () => {
    const { sample, warnings } = watched();
    sample(150, ['spin /a.ts:1'], { microtasks: true, entry: 3, runs: 1000 });
    sample(250, ['spin /a.ts:1'], { microtasks: true, entry: 3, runs: 2000 });
    assert.equal(warnings()[0]?.cause, 'microtasks');
  });

  it('grows while it goes on', () => {
    const { sample, warnings, debuggee } = watched();
    sample(150, ['f /a.ts:1']);
    assert.equal(warnings(3200)[0]?.durationMs, 3200);
    assert.equal(debuggee.snapshot(3200).blocked?.durationMs, 3200);
    assert.equal(warnings(3200)[0]?.totalMs, 3200);
  });

  it('ends a block whose end was not told when the next poll shows another turn', () => {
    const { sample, poll, warnings } = watched();
    sample(150, ['f /a.ts:1']);
    poll({ nowMs: 300, turn: turn({ seq: 2, startedMs: 299 }) });
    assert.equal(warnings()[0]?.ongoing, false);
    assert.equal(warnings()[0]?.durationMs, 150);
  });

  it('waits for the end of a block that comes in a later part of the same answer', () => {
    const { sample, poll, warnings } = watched();
    sample(150, ['f /a.ts:1']);
    poll({ nowMs: 300, more: true });
    poll({ nowMs: 301, blocks: [block({ durationMs: 290 })] });
    assert.equal(warnings().length, 1);
    assert.equal(warnings()[0]?.count, 1);
    assert.equal(warnings()[0]?.durationMs, 290);
  });

  describe('in the debugger', () => {
    it('does not take a pause for a block', () => {
      const { debuggee, heard, sample, poll } = watched();
      debuggee.paused(10);
      sample(150, ['f /a.ts:1']);
      sample(5000, ['f /a.ts:1']);
      debuggee.resumed(5010);
      poll({ nowMs: 5100, blocks: [block({ durationMs: 5050 })] });
      assert.deepEqual(heard, []);
      assert.deepEqual(debuggee.snapshot(5100).warnings, []);
    });

    it('subtracts the pause from a block', () => {
      const { debuggee, sample, poll, warnings } = watched();
      debuggee.paused(100);
      debuggee.resumed(2100);
      sample(2250, ['f /a.ts:1']);
      assert.equal(warnings(2250)[0]?.durationMs, 250);
      poll({ nowMs: 2500, blocks: [block({ durationMs: 2400 })] });
      assert.equal(warnings()[0]?.durationMs, 400);
    });

    it('takes back a warning when the pause was told after the poll that saw it', () => {
      const { debuggee, sample, poll, warnings } = watched();
      sample(150, ['f /a.ts:1']);
      debuggee.paused(60);
      assert.equal(debuggee.snapshot(200).state, 'paused');
      debuggee.resumed(3000);
      poll({ nowMs: 3050, blocks: [block({ durationMs: 3020 })] });
      assert.deepEqual(warnings(), []);
    });

    it('maps pauses through clocks that are far apart', () => {
      const { debuggee } = connected();
      debuggee.hello(hello({ pid: 9, nowMs: 1_000_000 }), 50);
      debuggee.paused(100);
      debuggee.resumed(900);
      debuggee.apply(
        poll({
          nowMs: 1_000_950,
          ...madeAt12,
          blocks: [block({ startedMs: 1_000_040, durationMs: 900, site: 0 })],
        }),
        1000,
      );
      assert.equal(debuggee.snapshot(1000).warnings.length, 1);
      assert.equal(debuggee.snapshot(1000).warnings.filter(isBlocking)[0]?.durationMs, 100);
    });
  });

  it('is off with threshold 0, and follows a change of the threshold', () => {
    const { debuggee, sample, poll, warnings } = watched();
    debuggee.thresholdMs = 0;
    sample(500, ['f /a.ts:1']);
    poll({ nowMs: 600, blocks: [block()] });
    assert.deepEqual(warnings(), []);
    debuggee.thresholdMs = 1000;
    const blocks = [
      block({ seq: 2, durationMs: 900, site: 0 }),
      block({ seq: 3, durationMs: 1100, site: 0 }),
    ];
    poll({ nowMs: 1700, ...madeAt12, blocks });
    assert.equal(warnings().length, 1);
  });

  it('keeps warnings when the program has ended, and ends the ongoing one', () => {
    const { debuggee, heard, sample } = watched();
    sample(150, ['f /a.ts:1']);
    debuggee.end();
    assert.equal(heard.at(-1)?.ongoing, false);
    assert.equal(debuggee.snapshot(500).warnings.length, 1);
  });

  it('forgets them on request, but not the one that goes on', () => {
    const { debuggee, sample, poll, warnings } = watched();
    poll({ blocks: [block({ seq: 9 })] });
    sample(1150, ['f /a.ts:1'], { startedMs: 1000 });
    debuggee.clearWarnings();
    assert.deepEqual(
      warnings(1200).map(({ ongoing, count }) => ({ ongoing, count })),
      [{ ongoing: true, count: 1 }],
    );
    poll({ nowMs: 2000, blocks: [block({ startedMs: 1000, durationMs: 700 })] });
    assert.equal(warnings()[0]?.count, 1);
    assert.equal(warnings()[0]?.totalMs, 700);
  });

  it('shows places in the original source once the source maps have come', () => {
    let mapped = false;
    const sites = {
      resolve: (at: Parameters<typeof plainSites.resolve>[0]) =>
        plainSites.resolve(mapped ? { ...at, url: '/src/a.ts' } : at),
    };
    const { debuggee, sample, poll, warnings } = watched({ sites });
    sample(150, ['f /dist/a.js:1']);
    poll({ nowMs: 500, blocks: [block()] });
    const before = warnings()[0];
    mapped = true;
    assert.equal(warnings()[0]?.site?.file, '/dist/a.js');
    debuggee.sitesChanged();
    assert.equal(warnings()[0]?.site?.file, '/src/a.ts');
    assert.equal(warnings()[0]?.id, before?.id);
  });

  describe('in native code', () => {
    /** A block of 430 ms, looked into only when native code lets it, at its end. */
    function lateSample(stack: string[], options: { sites?: SiteResolver } = {}) {
      const { poll, warnings, heard } = watched(options);
      for (let nowMs = -300; nowMs < 0; nowMs += 100) poll({ nowMs }, nowMs - 2);
      poll({ nowMs: 420, turn: turn({ stack: entered(stack), cpuMs: 400 }) }, 20);
      const closed = block({ cpuMs: 410 });
      return {
        poll,
        warnings,
        heard,
        end: (more: Partial<Poll> = {}) => poll({ nowMs: 500, blocks: [closed], ...more }),
      };
    }

    function entered(stack: string[]): WireFrame[] {
      return stack.map((text) => ({
        ...frame(text.replace('*', '')),
        ...(text.includes('*') && { entered: true }),
      }));
    }

    const text = (source: string): SiteResolver => ({ ...plainSites, code: () => parseScript(source) });

    it('takes the call that Node made for it, not what was called after it', () => {
      const { end, warnings } = lateSample([
        'from* node:buffer:3',
        'pbkdf2Sync node:internal/crypto/pbkdf2:7',
        'login /a.ts:4',
      ]);
      end();
      assert.equal(warnings()[0]?.message, 'Blocked the event loop for 430 ms in crypto.pbkdf2Sync');
      assert.equal(warnings()[0]?.site?.line, 4);
    });

    it('finds in the text which call came before the place where the program went on', () => {
      const source = 'function load(text) {\n  const all = JSON.parse(text);\n    use(all);\n}';
      const { end, warnings } = lateSample(['use* /a.ts:9', 'load /a.ts:3'], { sites: text(source) });
      end();
      assert.equal(warnings()[0]?.message, 'Blocked the event loop for 430 ms in JSON.parse');
      assert.equal(warnings()[0]?.site?.line, 2);
      assert.equal(warnings()[0]?.stack?.[0]?.line, 2);
    });

    it('does not blame a function that was called only after it', () => {
      const { end, warnings } = lateSample(['readFileSync* node:fs:9', 'load /a.ts:3']);
      end();
      assert.equal(warnings()[0]?.cause, 'native call');
      assert.equal(warnings()[0]?.message, 'Blocked the event loop for 430 ms in a native call');
    });

    it('tells the place where the callback was made when it ended without another answer', () => {
      const { poll, warnings } = watched();
      poll({ nowMs: -100, scripts: ['/shop/jobs.ts'], sites: [site(12, 'schedule')] }, -101);
      poll({ nowMs: 60, entries: [resource(4, 'Timeout', { site: 0 })] }, 59);
      poll({ nowMs: 70, turn: turn({ stack: [frame('prepare /a.ts:3')], cpuMs: 70, entry: 4 }) }, 69);
      poll({ nowMs: 440, blocks: [block({ entry: 4 })], ended: [4] }, 95);
      assert.equal(warnings()[0]?.cause, 'native call');
      assert.equal(warnings()[0]?.site?.line, 12);
    });

    it('is JavaScript where a loop answered late that calls nothing, nor does what is before it', () => {
      const source = 'function sum(n) {\n  let s = 0;\n    for (let i = 0; i < n; i++) s += i;\n}';
      const { end, warnings } = lateSample(['sum /a.ts:3'], { sites: text(source) });
      end();
      assert.equal(warnings()[0]?.cause, 'javascript');
      assert.equal(warnings()[0]?.site?.line, 3);
      const called = lateSample(['sum /a.ts:3'], { sites: text(source.replace('0;', 'parse(n);')) });
      called.end();
      assert.notEqual(called.warnings()[0]?.cause, 'javascript');
    });

    describe('that a callback ended with', () => {
      const source = '\n\nsetTimeout(() => JSON.parse(text), 9);\nload.then((text) => JSON.parse(text));\n';
      const made = (line: number, column: number, kind: typeof resource | typeof promise) =>
        ({
          scripts: ['/a.ts'],
          sites: [{ ...site(line), column }],
          entries: [
            kind === resource ? resource(4, 'Timeout', { site: 0 }) : promise(4, 'then', { site: 0 }),
          ],
        }) satisfies Partial<Poll>;

      /** Looked into when the callback of `made` was over; the text is that of the script it was made in. */
      function atItsEnd(
        known: Partial<Poll>,
        over: Partial<WireTurn> = {},
        of = source,
      ): BlockingWarning | undefined {
        const { poll, warnings } = watched({ sites: text(of) });
        for (let nowMs = -300; nowMs < 0; nowMs += 100)
          poll({ nowMs, ...(nowMs === -300 && known) }, nowMs - 2);
        const stack = entered(['emitAfter* node:internal/async_hooks:9']);
        poll({ nowMs: 420, turn: turn({ stack, cpuMs: 400, entry: 4, ...over }) }, 20);
        poll({ nowMs: 500, blocks: [block({ cpuMs: 410, entry: 4 })], ended: [4] });
        return warnings()[0];
      }

      it('is probably the only one that it makes', () => {
        const warning = atItsEnd(made(3, 1, resource));
        assert.equal(warning?.message, 'Blocked the event loop for 430 ms, probably in JSON.parse');
        assert.equal(warning.cause, 'synchronous call');
        assert.equal(warning.call, 'JSON.parse');
        assert.deepEqual([warning.site?.line, warning.site?.column], [3, 23]);
      });

      it('is so in the callback of a promise', () => {
        const warning = atItsEnd(made(4, 6, promise), { microtasks: true });
        assert.equal(warning?.call, 'JSON.parse');
        assert.equal(warning.site?.line, 4);
      });

      it('is not known in a tick that the callback of a timer has set off', () => {
        const warning = atItsEnd(made(3, 1, resource), { microtasks: true });
        assert.equal(warning?.call, undefined);
        assert.equal(warning?.cause, 'native call');
        assert.deepEqual([warning.site?.line, warning.site?.column], [3, 1]);
      });

      it('is not known if there is another call, or the process had no processor', () => {
        const two = source.replace('parse(text), 9', 'parse(read()), 9');
        assert.equal(atItsEnd(made(3, 1, resource), {}, two)?.call, undefined);
        assert.equal(atItsEnd(made(3, 1, resource), { cpuMs: 90 })?.call, undefined);
      });
    });

    it('is told by where the callback was made, though that has ended before it was heard of', () => {
      const { poll, warnings } = watched();
      poll({ nowMs: 60, scripts: ['/shop/jobs.ts'], sites: [site(12, 'schedule')] }, 59);
      poll({ nowMs: 440, blocks: [block({ entry: 4, site: 0 })] }, 95);
      assert.equal(warnings()[0]?.site?.line, 12);
    });

    describe('on the line that was seen last', () => {
      const calledOn = (line: string): string | undefined => {
        const { poll, warnings } = watched({ sites: text(`\n\n${line}`) });
        poll({ nowMs: 60 }, 59);
        poll({ nowMs: 70, turn: turn({ stack: [frame('more /a.ts:3')], cpuMs: 70 }) }, 69);
        poll({ nowMs: 440, blocks: [block()] }, 95);
        assert.equal(warnings()[0]?.site?.line, 3);
        return warnings()[0]?.call;
      };

      it('is named if there is but one native call', () => {
        assert.equal(calledOn('all = JSON.parse(more());'), 'JSON.parse');
      });

      it('is not named by what only a text says', () => {
        const line = 'if (/"/.test(line)) throw new Error("JSON.parse(line) expected")';
        assert.equal(calledOn(line), undefined);
      });

      it('is not named beside another, or one without a name', () => {
        assert.equal(calledOn('all = JSON.parse(JSON.stringify(one));'), undefined);
        assert.equal(calledOn('all = JSON.parse(jobs[0]());'), undefined);
      });
    });
  });

  describe('a loop that answers after each round', () => {
    const source = 'function sum(all) {\n\n    for (const f of all) {\n    n += fs.statSync(f).size;\n  }\n}';
    const loop = 'sum /a.ts:3';

    function sawIn(stacks: string[][]): BlockingWarning | undefined {
      const { sample, poll, warnings } = watched({
        sites: { ...plainSites, code: () => parseScript(source) },
      });
      for (const [i, stack] of stacks.entries()) sample(80 + 25 * i, stack);
      poll({ nowMs: 500, blocks: [block({ durationMs: 480 })] });
      return warnings()[0];
    }

    it('is called by what each round calls', () => {
      const warning = sawIn([[loop], [loop], [loop]]);
      assert.equal(warning?.cause, 'synchronous call');
      assert.equal(warning.message, 'Blocked the event loop for 480 ms in statSync');
      assert.equal(warning.site?.line, 4);
      assert.equal(warning.stack?.[0]?.line, 4);
    });

    it('is so when its answers were late, but for the first: that may be of what came before the loop', () => {
      const { poll, warnings } = watched({ sites: { ...plainSites, code: () => parseScript(source) } });
      for (let nowMs = -1_000; nowMs < 0; nowMs += 100) poll({ nowMs }, nowMs - 2);
      const late = (startMs: number, seq: number, looks: number): void => {
        for (let i = 1; i <= looks; i++) {
          const nowMs = startMs + 100 * i;
          poll(
            { nowMs, turn: turn({ seq, startedMs: startMs, stack: [frame(loop)], cpuMs: 90 }) },
            nowMs - 95,
          );
        }
        const durationMs = 100 * looks + 10;
        poll(
          { nowMs: startMs + 990, blocks: [block({ seq, startedMs: startMs, durationMs })] },
          startMs + 989,
        );
      };
      late(0, 1, 3);
      late(1_000, 2, 1);
      const [first, second] = warnings()
        .flatMap(({ episodes = [] }) => episodes)
        .sort((a, b) => a.seq - b.seq);
      assert.deepEqual([first?.cause, first?.call, first?.site?.line], ['synchronous call', 'statSync', 4]);
      assert.notEqual(second?.cause, 'synchronous call');
    });

    it('is JavaScript when some answers were late, and the loop does nothing else', () => {
      const loopAlone = 'const all = JSON.parse(text);\n\n    for (const f of all) n += f;';
      const { poll, warnings } = watched({ sites: { ...plainSites, code: () => parseScript(loopAlone) } });
      for (let nowMs = -1_000; nowMs < 0; nowMs += 100) poll({ nowMs }, nowMs - 2);
      for (const nowMs of [100, 200, 300, 400])
        poll({ nowMs, turn: turn({ stack: [frame(loop)], cpuMs: 90 }) }, nowMs - 40);
      poll({ nowMs: 500, blocks: [block()] }, 499);
      assert.equal(warnings()[0]?.cause, 'javascript');
      assert.equal(warnings()[0]?.site?.line, 3);
    });

    it('is JavaScript where it was seen in what else it runs', () => {
      const inPackage = ['next /node_modules/x/i.js:1', loop];
      const warning = sawIn([inPackage, [loop], [loop], inPackage]);
      assert.equal(warning?.cause, 'javascript');
      assert.equal(warning.call, undefined);
      assert.equal(warning.site?.line, 3);
    });
  });

  it('is one warning for a line whose cause is not always the same, with that of most of the time', () => {
    const { poll, sample, warnings } = watched();
    const blocks: [string[], number][] = [
      [['validate /a.ts:3'], 200],
      [['test :0', 'validate /a.ts:3'], 600],
      [['readFileSync node:fs:9', 'validate /a.ts:3'], 150],
      [['validate /a.ts:4'], 150],
    ];
    for (const [seq, [stack, durationMs]] of blocks.entries()) {
      const startedMs = seq * 1000;
      sample(startedMs + 110, stack, { seq, startedMs });
      poll({ nowMs: startedMs + 700, blocks: [block({ seq, startedMs, durationMs })] });
    }
    assert.deepEqual(
      warnings().map(({ count, cause, call }) => [count, cause, call]),
      [[4, 'regular expression', 'a regular expression']],
    );
  });

  it('names a builtin that it was in the middle of', () => {
    const { sample, messages } = watched();
    sample(150, ['test :0', 'validate /a.ts:3']);
    assert.deepEqual(messages(150), ['Has blocked the event loop for 150 ms in a regular expression']);
  });

  it('tells that modules are loaded, by what the user’s code called', () => {
    const { sample, warnings } = watched();
    sample(150, [
      'parse /x/node_modules/big/index.js:3',
      ' node:internal/modules/cjs/loader:9',
      'main /a.ts:2',
    ]);
    assert.equal(warnings(150)[0]?.cause, 'module loading');
    assert.equal(warnings(150)[0]?.site?.file, '/a.ts');
  });

  it('tells a chain of ticks by their number', () => {
    const { sample, warnings } = watched();
    for (const [nowMs, ticks] of [
      [150, 600],
      [175, 700],
      [200, 800],
    ] as const)
      sample(nowMs, ['nextTick :0', 'f /a.ts:1'], { microtasks: true, ticks });
    assert.equal(warnings(200)[0]?.cause, 'microtasks');
  });

  it('tells no chain where one tick may have taken most of the time before the first look', () => {
    const { sample, warnings } = watched();
    for (const [nowMs, ticks] of [
      [150, 3],
      [175, 100],
      [200, 200],
    ] as const)
      sample(nowMs, ['nextTick :0', 'f /a.ts:1'], { microtasks: true, ticks });
    assert.equal(warnings(200)[0]?.cause, 'javascript');
  });

  it('tells no chain where one look came after a long piece', () => {
    const { poll, sample, warnings } = watched();
    sample(100, ['stringify :0', 'f /a.ts:1'], { microtasks: true, entry: 3 });
    sample(190, [], { microtasks: true, entry: 2, runs: 1 });
    poll({ nowMs: 300, blocks: [block({ durationMs: 194, callbackMs: 1 })] });
    assert.equal(warnings()[0]?.call, 'JSON.stringify');
  });

  it('takes the line of a chain from what was seen of the program, however little', () => {
    const { sample, warnings } = watched();
    for (let i = 0; i < 12; i++)
      sample(60 + 25 * i, i === 3 ? ['f /a.ts:1'] : ['runTicks node:internal/task_queues:9'], {
        microtasks: true,
        ticks: 1_000 + 400 * i,
      });
    assert.equal(warnings(400)[0]?.cause, 'microtasks');
    assert.equal(warnings(400)[0]?.site?.file, '/a.ts');
  });

  it('takes the await of a chain where no line of it was seen, but where its function begins', () => {
    const { poll, warnings } = watched();
    const known = { scripts: ['/a.ts'], sites: [site(3, 'spin'), site(6, 'spin')] };
    for (const [nowMs, runs] of [
      [60, 600],
      [85, 850],
      [110, 1_100],
    ] as const) {
      const spin = entry(3, 'spin', { site: 0, await: 1, waits: [0] });
      const stack = nowMs === 85 ? [{ ...frame('spin /a.ts:3'), entered: true }] : [];
      const seen = turn({ stack, microtasks: true, entry: 3, runs });
      poll({ nowMs, turn: seen, entries: [spin], ...(nowMs === 60 && known) });
    }
    assert.equal(warnings(110)[0]?.cause, 'microtasks');
    assert.equal(warnings(110)[0]?.site?.line, 6);
  });

  describe('of which no await was told', () => {
    const source = 'async function spin() {\n  for (;;) {\n    await step();\n  }\n}';
    const siteWith = (stack: WireFrame[]): number | undefined => {
      const { poll, warnings } = watched({ sites: { ...plainSites, code: () => parseScript(source) } });
      const spin = entry(3, 'spin', { site: 0 });
      const known = { scripts: ['/a.ts'], sites: [{ ...site(1, 'spin'), column: 20 }], entries: [spin] };
      for (const [nowMs, runs] of [
        [60, 600],
        [85, 850],
        [110, 1_100],
      ] as const)
        poll({
          nowMs,
          turn: turn({ stack, microtasks: true, entry: 3, runs }),
          ...(nowMs === 60 && known),
        });
      assert.equal(warnings(110)[0]?.cause, 'microtasks');
      return warnings(110)[0]?.site?.line;
    };

    it('takes the only one in the text of the function that was seen', () => {
      assert.equal(siteWith([{ ...frame('spin /a.ts:1'), column: 20, entered: true }]), 3);
    });

    it('takes the only one in the text of the task where Node alone was seen', () => {
      assert.equal(siteWith([frame('run node:internal/process/task_queues:9')]), 3);
    });
  });

  it('does not take a look that came late, because others had the processor, for a long link of a chain', () => {
    const causeWith = (cpuMs: number): string | undefined => {
      const { poll, sample, warnings } = watched();
      for (let nowMs = -300; nowMs < 0; nowMs += 100) poll({ nowMs }, nowMs - 2);
      for (const [nowMs, runs] of [
        [50, 500],
        [75, 750],
      ] as const)
        sample(nowMs, ['f /a.ts:1'], { microtasks: true, entry: 3, runs, cpuMs: nowMs });
      const late = turn({
        stack: [frame('f /a.ts:1')],
        microtasks: true,
        entry: 3,
        runs: 1_000,
        cpuMs: 75 + cpuMs,
      });
      poll({ nowMs: 375, turn: late }, 80);
      return warnings(375)[0]?.cause;
    };
    assert.equal(causeWith(25), 'microtasks');
    assert.notEqual(causeWith(290), 'microtasks');
  });

  describe('garbage', () => {
    const causeOf = (collections: { ms: number; ofMs: number }, stack: string[]): BlockingWarning => {
      const { poll, sample, warnings } = watched();
      sample(60, stack);
      poll({ nowMs: 500, blocks: [block({ durationMs: 430, collections })] });
      return warnings()[0] as BlockingWarning;
    };
    const line = 'sum /a.ts:3';

    it('is the cause if most of the time went into collecting it', () => {
      const { cause, message, site } = causeOf({ ms: 260, ofMs: 370 }, [line]);
      assert.equal(cause, 'garbage collection');
      assert.equal(message, 'Blocked the event loop for 430 ms collecting garbage');
      assert.equal(site?.line, 3);
    });

    it('is not, if less did, or too little of the time was looked at', () => {
      assert.equal(causeOf({ ms: 150, ofMs: 370 }, [line]).cause, 'javascript');
      assert.equal(causeOf({ ms: 50, ofMs: 60 }, [line]).cause, 'javascript');
    });

    it('is no native code, and no long link of a chain', () => {
      const { poll, warnings } = watched();
      for (let nowMs = -300; nowMs < 0; nowMs += 100) poll({ nowMs }, nowMs - 2);
      const looks = [
        [60, { ms: 0, ofMs: 5 }],
        [85, { ms: 0, ofMs: 30 }],
        [300, { ms: 205, ofMs: 245 }],
      ] as const;
      for (const [nowMs, collections] of looks) {
        const seen = { stack: [frame(line)], microtasks: true, ticks: 10 * nowMs, cpuMs: nowMs, collections };
        poll({ nowMs, turn: turn(seen) }, nowMs - (nowMs === 300 ? 210 : 2));
      }
      poll({
        nowMs: 720,
        blocks: [block({ durationMs: 700, callbackMs: 1, collections: { ms: 210, ofMs: 650 } })],
      });
      assert.equal(warnings()[0]?.cause, 'microtasks');
    });

    it('is not, where it is known what made it', () => {
      const { cause } = causeOf({ ms: 260, ofMs: 370 }, ['stringify :0', line]);
      assert.equal(cause, 'synchronous call');
    });
  });

  describe('what is no block', () => {
    /** The whole table: what was seen of a turn of 800 ms, and whether it is reported. */
    const cases: [string, { stack?: string[]; cpuMs: number; late?: boolean }, boolean][] = [
      ['JavaScript', { stack: ['f /a.ts:1'], cpuMs: 790 }, true],
      ['JavaScript on a busy machine', { stack: ['f /a.ts:1'], cpuMs: 300 }, true],
      [
        'JavaScript shorter than the threshold, with others on the processor',
        { stack: ['f /a.ts:1'], cpuMs: 60 },
        false,
      ],
      [
        'JavaScript of nearly the threshold, which others made longer',
        { stack: ['f /a.ts:1'], cpuMs: 90 },
        false,
      ],
      ['a stop of the process in JavaScript', { stack: ['f /a.ts:1'], cpuMs: 12, late: true }, false],
      ['a stop that nothing was seen of', { cpuMs: 9 }, false],
      [
        'a call of Node that waits',
        { stack: ['x* node:y:1', 'execSync node:child_process:2', 'f /a.ts:1'], cpuMs: 9, late: true },
        true,
      ],
      ['Atomics.wait', { stack: ['wait :0', 'f /a.ts:1'], cpuMs: 1 }, true],
      ['a native addon that waits', { stack: ['f /a.ts:1'], cpuMs: 5, late: true }, false],
      [
        'a function of Node that does not wait',
        { stack: ['cpuUsage node:internal/process/per_thread:1', 'f /a.ts:1'], cpuMs: 20 },
        false,
      ],
    ];
    it('believes a meter that is not exact where little is missing', () => {
      const { poll, heard } = watched();
      poll({ nowMs: 90, turn: turn({ stack: [frame('f /a.ts:1')], cpuMs: 75 }) });
      poll({ nowMs: 110, blocks: [block({ durationMs: 105, cpuMs: 90 })] });
      assert.equal(heard.length, 1);
    });

    for (const [what, { stack, cpuMs, late = false }, isReported] of cases) {
      it(`${isReported ? 'reports' : 'leaves out'} ${what}`, () => {
        const { poll, heard } = watched();
        const frames = stack?.map((text) => ({
          ...frame(text.replace('*', '')),
          ...(text.includes('*') && { entered: true }),
        }));
        if (frames) poll({ nowMs: 700, turn: turn({ stack: frames, cpuMs }) }, late ? 10 : 699);
        poll({ nowMs: 900, blocks: [block({ durationMs: 800, cpuMs })] });
        assert.equal(heard.at(-1)?.ongoing, isReported ? false : undefined);
      });
    }
  });

  it('tells for which request it was, and who had to wait', () => {
    const { poll, warnings } = watched();
    poll({
      nowMs: 500,
      entries: [
        resource(1, 'HTTPSERVERREQUEST', { detail: { method: 'GET', path: '/report' } }),
        entry(2, 'render', { by: 1, state: 'running' }),
        entry(3, 'other', { state: 'ready' }),
        resource(4, 'Timeout', { detail: { armedMs: 0, timerMs: 100 } }),
        resource(5, 'Timeout', { detail: { armedMs: 0, timerMs: 900 } }),
      ],
      blocks: [block({ entry: 2 })],
      ended: [4],
    });
    const [warning] = warnings();
    assert.equal(warning?.message, 'Blocked the event loop for 430 ms, for GET /report');
    assert.deepEqual(warning.forTask, { id: 's1:1', name: 'GET /report' });
    assert.deepEqual(warning.suffered, { tasks: 2, worstDelayMs: 330 });
    assert.deepEqual(warning.episodes?.[0]?.suffered, { tasks: 2, worstDelayMs: 330 });
  });

  it('looks into the script once for each sample, however many snapshots are taken', () => {
    let looks = 0;
    const code = (): undefined => {
      looks++;
    };
    const { debuggee, sample } = watched({ sites: { ...plainSites, code } });
    sample(150, ['f /a.ts:1', 'g /a.ts:5']);
    const first = looks;
    assert.ok(first > 0);
    for (let atMs = 160; atMs < 200; atMs += 10) debuggee.snapshot(atMs);
    assert.equal(looks, first);
    sample(250, ['f /a.ts:1', 'g /a.ts:5']);
    assert.ok(looks <= 2 * first);
    debuggee.sitesChanged();
    debuggee.snapshot(260);
    assert.ok(looks <= 3 * first);
  });

  it('bounds warnings and episodes, and counts what it forgets', () => {
    const { debuggee, sample, poll, warnings } = watched();
    for (let seq = 1; seq <= 510; seq++) {
      const startedMs = seq * 1000;
      sample(startedMs + 150, [`f${seq} /a.ts:${seq}`], { seq, startedMs });
      poll({ nowMs: startedMs + 500, blocks: [block({ seq, startedMs })] });
    }
    assert.equal(warnings().length, 500);
    assert.equal(warnings()[0]?.site?.function, 'f11');
    assert.equal(debuggee.snapshot(0).dropped.records, 10);
    for (let seq = 600; seq < 630; seq++)
      poll({
        nowMs: 1e6 + seq,
        ...(seq === 600 && madeAt12),
        blocks: [block({ seq, startedMs: 1e6, site: 0 })],
      });
    assert.equal(warnings().at(-1)?.count, 30);
    assert.equal(warnings().at(-1)?.episodes?.length, 20);
  });
});
