import assert from 'node:assert/strict';
import { ProtocolError } from '../../../src/model/wire/protocolError.js';
import { readPoll, readHello } from '../../../src/model/wire/wireReader.js';
import type { Poll, WireIteration } from '../../../src/protocol/wire.js';
import { block, entry, frame, hello, resource, sent, sentPoll, site, turn } from '../../support/wire.js';

const tables = { scripts: 0, sites: 0 };

describe('readHello', () => {
  it('tells which side is old', () => {
    assert.throws(() => readHello(hello({ protocol: 0 })), /older agent .* restart the program/);
    assert.throws(() => readHello(hello({ protocol: 99 })), /newer agent .* update the extension/);
  });

  it('refuses what is not a hello', () => {
    for (const value of [
      undefined,
      null,
      'hello',
      [],
      {},
      sentPoll(),
      { ...hello(), pid: 'x' },
      { ...hello(), poolSize: -1 },
      { ...hello(), olderTimers: -1 },
      { ...hello(), program: 1 },
    ]) {
      assert.throws(() => readHello(value), ProtocolError);
    }
  });
});

const iteration: WireIteration = {
  seq: 1,
  startedMs: 0,
  durationMs: 1200,
  cpuMs: 1100,
  ongoing: true,
  callbacks: 900,
  counted: 800,
  groups: [{ type: 'Timeout', site: 0, count: 800 }],
  late: { count: 3, worstMs: 200, site: 0 },
};

describe('readPoll', () => {
  it('refuses a round that it cannot use', () => {
    const loop = { idleMs: 0, turnMaxMs: 0, turns: 0 };
    for (const over of [
      { loop: { ...loop, iterations: [{ ...iteration, groups: [{ type: 'Timeout', site: 9, count: 1 }] }] } },
      { loop: { ...loop, iterations: [{ ...iteration, callbacks: -1 }] } },
    ]) {
      assert.throws(
        () => readPoll({ ...sentPoll(), sites: [site(1)], scripts: ['a'], ...over }, tables),
        ProtocolError,
      );
    }
  });

  it('copies a whole poll', () => {
    const whole: Partial<Poll> = {
      scripts: ['/shop/a.js'],
      sites: [site(1, 'f')],
      entries: [
        entry(1, 'f', {
          site: 0,
          call: 0,
          await: 0,
          name: 'n',
          waits: [0, 2],
          waitsMore: 3,
          inputs: 2,
          busyMs: 1.5,
          readyMs: 0,
        }),
        resource(2, 'UNDICIREQUEST', { detail: { method: 'GET', phase: 'body', host: 'shop' } }),
        resource(3, 'PROCESSWRAP', { detail: { pid: 7, command: 'ls -l' } }),
        resource(4, 'WORKER', { detail: { threadId: 1 } }),
      ],
      settled: 3,
      ended: [7],
      turn: turn({
        stack: [{ ...frame('f /shop/a.js:1'), entered: true }],
        cpuMs: 12.5,
        ticks: 3,
        collections: { ms: 4.5, ofMs: 20 },
      }),
      blocks: [block({ site: 0 })],
      syncCalls: [{ call: 'fs.statSync', site: 0, count: 2, totalUs: 30, worstUs: 20 }],
      loop: { idleMs: 0, turnMaxMs: 1, turns: 2, iterations: [iteration] },
    };
    const message = sentPoll(whole);
    assert.deepEqual(readPoll(JSON.parse(JSON.stringify(message)), tables), { ...message, ...whole });
  });

  it('drops fields that it does not know', () => {
    const read = readPoll(
      { ...sentPoll({ entries: [resource(1, 'Timeout', { detail: { x: 1 } as never })] }), extra: 1 },
      tables,
    );
    assert.equal('extra' in read, false);
    assert.deepEqual(read.entries, [resource(1, 'Timeout', { detail: {} })]);
  });

  for (const [what, over] of Object.entries({
    'a list that is not one': { ended: 3 },
    'a time that is not finite': { nowMs: NaN },
    'a site of a script that was never sent': { sites: [site(1)] },
    'a block at a site that was never sent': { blocks: [block({ site: 0 })] },
    'entries that are a list': { entries: [entry(1, 'f')] },
    'an entry at a site that was never sent': { entries: sent([entry(1, 'f', { site: 0 })]) },
    'an entry without id': { entries: sent([entry(0, 'f')]) },
    'an id that is not whole': { ended: [1.5] },
    'a negative id': { ended: [-1] },
    'a phase that is not known': { entries: sent([resource(1, 'x', { detail: { phase: 'x' as never } })]) },
    'a number of results that is not there': { settled: undefined },
    'a turn that is a text': { turn: 'x' },
    'calls at a site that was never sent': {
      syncCalls: [{ call: 'fs.statSync', site: 0, count: 1, totalUs: 1, worstUs: 1 }],
    },
    'a list that is too long': { ended: new Array(1_000_001) },
  })) {
    it(`refuses ${what}`, () => {
      assert.throws(
        () => readPoll({ ...sentPoll(), ...over }, tables),
        /The agent in the program sent something/,
      );
    });
  }

  it('names the field', () => {
    assert.throws(
      () => readPoll(sentPoll({ entries: [entry(1, 'f'), entry(2, 'f', { name: 1 as never })] }), tables),
      /poll\.entries\[1\]\.name is not a text/,
    );
  });

  it('reads how many parts of itself Node has loaded', () => {
    const read = readPoll(
      sentPoll({ turn: turn({ stack: [], nodeParts: 3 }), blocks: [block({ nodeParts: 4 })] }),
      tables,
    );
    assert.deepEqual([read.turn?.nodeParts, read.blocks[0]?.nodeParts], [3, 4]);
    assert.throws(() => readPoll(sentPoll({ blocks: [block({ nodeParts: -1 })] }), tables), /nodeParts/);
  });

  it('clips long texts and deep stacks', () => {
    const stack = Array.from({ length: 500 }, () => frame('f /shop/a.js:1'));
    const read = readPoll(sentPoll({ scripts: ['x'.repeat(5000)], turn: turn({ stack }) }), tables);
    assert.equal(read.scripts[0]?.length, 1000);
    assert.equal(read.turn?.stack?.length, 60);
  });
});
