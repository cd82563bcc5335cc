import assert from 'node:assert/strict';
import { ProtocolError } from '../../src/model/protocolError.js';
import { readBeat, readHello } from '../../src/model/wireReader.js';
import { beat, block, entry, frame, hello, resource, site, turn } from '../support/wire.js';

const tables = { scripts: 0, sites: 0 };

describe('readHello', () => {
  it('tells which side is old', () => {
    assert.throws(() => readHello(hello({ protocol: 0 })), /older agent .* restart the program/);
    assert.throws(() => readHello(hello({ protocol: 99 })), /newer agent .* update the extension/);
  });

  it('refuses what is not a hello', () => {
    for (const value of [undefined, null, 'hello', [], {}, beat(), { ...hello(), pid: 'x' }]) {
      assert.throws(() => readHello(value), ProtocolError);
    }
  });
});

describe('readBeat', () => {
  it('copies a whole beat', () => {
    const whole = beat({
      scripts: ['/shop/a.js'],
      sites: [site(1, 'f')],
      entries: [entry(1, 'f', { site: 0, call: 0, await: 0, name: 'n', waits: [0, 2], inputs: 2 })],
      ended: [7],
      turn: turn({ stack: [frame('f /shop/a.js:1')] }),
      blocks: [block()],
    });
    assert.deepEqual(readBeat(JSON.parse(JSON.stringify(whole)), tables), whole);
  });

  it('drops fields that it does not know', () => {
    const read = readBeat(
      { ...beat(), entries: [{ ...resource(1, 'Timeout'), extra: 1, detail: { x: 1 } }] },
      tables,
    );
    assert.deepEqual(read.entries, [resource(1, 'Timeout', { detail: {} })]);
  });

  for (const [what, over] of Object.entries({
    'a list that is not one': { ended: 3 },
    'a time that is not finite': { nowMs: NaN },
    'a site of a script that was never sent': { sites: [site(1)] },
    'an entry at a site that was never sent': { entries: [entry(1, 'f', { site: 0 })] },
    'an entry of an unknown kind': { entries: [{ ...entry(1, 'f'), kind: 'toString' }] },
    'an entry without id': { entries: [entry(0, 'f')] },
    'an id that is not whole': { ended: [1.5] },
    'a negative id': { entries: [entry(1, 'f', { waits: [-1] })] },
    'a turn that is a text': { turn: 'x' },
    'a list that is too long': { ended: new Array(1_000_001) },
  })) {
    it(`refuses ${what}`, () => {
      assert.throws(
        () => readBeat({ ...beat(), ...over }, tables),
        /The agent in the program sent something/,
      );
    });
  }

  it('names the field', () => {
    assert.throws(
      () => readBeat({ ...beat(), entries: [entry(1, 'f'), { ...entry(2, 'f'), runs: 'x' }] }, tables),
      /beat\.entries\[1\]\.runs is not a number/,
    );
  });

  it('clips long texts and deep stacks', () => {
    const stack = Array.from({ length: 500 }, () => frame('f /shop/a.js:1'));
    const read = readBeat(beat({ scripts: ['x'.repeat(5000)], turn: turn({ stack }) }), tables);
    assert.equal(read.scripts[0]?.length, 1000);
    assert.equal(read.turn?.stack?.length, 50);
  });
});
