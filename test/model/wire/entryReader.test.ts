import assert from 'node:assert/strict';
import { NumberWriter } from '../../../src/agent/wire/numberWriter.js';
import { readEntries } from '../../../src/model/wire/entryReader.js';
import { NumberReader } from '../../../src/model/wire/numberReader.js';
import { ProtocolError } from '../../../src/model/wire/protocolError.js';
import { Has, HAS_SHIFT, HEAD_BITS, KINDS, STATES } from '../../../src/protocol/entryRow.js';
import type { SentEntries, WireEntry } from '../../../src/protocol/wire.js';
import { entry, promise, resource, sent } from '../../support/wire.js';

const SITES = 40;

function read(entries: unknown): WireEntry[] {
  return readEntries(entries, 'entries', SITES);
}

function rows(...numbers: number[]): SentEntries {
  const writer = new NumberWriter();
  for (const value of numbers) writer.put(value);
  return { rows: writer.take(), words: [] };
}

/** With everything that an entry may have. */
const FULL: WireEntry = {
  id: 2 ** 52 + 1,
  kind: 'combinator',
  type: 'Promise.all',
  bornMs: 123_456_789,
  site: 39,
  call: 32,
  await: 31,
  state: 'ready',
  waits: [0, 2 ** 31, 2 ** 31 - 1, 7],
  waitsMore: 33,
  by: 2 ** 40,
  inputs: 1_037,
  runs: 5,
  busyMs: 0.001,
  readyMs: 1_234.567,
  name: 'näme "1"',
  detail: { host: 'shop', port: 80 },
};

describe('The entries of a poll', () => {
  it('are read as they were written', () => {
    const states = KINDS.flatMap((kind) => STATES.map((state) => ({ kind, state })));
    const entries = [FULL, ...states.map((each, i) => entry(i + 1, '', each)), resource(99, 'Timeout')];
    assert.deepEqual(read(JSON.parse(JSON.stringify(sent(entries)))), entries);
  });

  it('are read each with and without anything that it may have', () => {
    const { id, kind, type, bornMs, state, waits, by, runs, ...more } = FULL;
    const plain = { id, kind, type, bornMs, state, waits, by, runs };
    const entries = Object.entries(more).flatMap(([key, value]) => [plain, { ...plain, [key]: value }]);
    assert.deepEqual(read(sent(entries)), entries);
  });

  it('may be very many', () => {
    const entries = Array.from({ length: 20_000 }, (_, i) => promise(i + 1, 'new', { waits: [i, i + 2] }));
    assert.deepEqual(read(sent(entries)), entries);
  });

  const { rows: row } = rows(1, Has.Waits << HAS_SHIFT, 0, 1, 2);
  for (const [what, entries] of Object.entries<unknown>({
    'are a list': [],
    'have no words': { rows: '' },
    'have numbers instead of a text': { rows: [1, 2, 3], words: [] },
    'have a character that is no digit': { rows: `${row.slice(0, -1)}~`, words: [] },
    'have a character beyond the table': { rows: `${row.slice(0, -1)}é`, words: [] },
    'end within an entry': { rows: row.slice(0, -1), words: [] },
    'end within a number': { rows: `${row}g`, words: [] },
    'have a number that is too large': { rows: `gggggggggggB${row}`, words: [] },
    'have a number without end': { rows: 'g'.repeat(10_000), words: [] },
    'have no id': rows(0, 0, 0),
    'have a head of another version': rows(1, 2 ** HEAD_BITS, 0),
    'are at a site that was never sent': rows(1, Has.Await << HAS_SHIFT, 0, SITES),
    'wait for more than there is': rows(1, Has.Waits << HAS_SHIFT, 0, 2 ** 50),
    'lack words': rows(1, Has.Words << HAS_SHIFT, 0),
    'have words of no entry': { rows: row, words: [{}] },
    'have words that are a text': { ...rows(1, Has.Words << HAS_SHIFT, 0), words: ['x'] },
    'have a type that is none': { ...rows(1, Has.Words << HAS_SHIFT, 0), words: [{ type: 1 }] },
  })) {
    it(`are refused where they ${what}`, () => assert.throws(() => read(entries), ProtocolError));
  }
});

describe('Numbers as text', () => {
  const NUMBERS = [0, 1, 31, 32, 1023, 1024, 2 ** 31 - 1, 2 ** 31, 2 ** 32, Number.MAX_SAFE_INTEGER];

  it('are read as they were written', () => {
    const writer = new NumberWriter();
    for (const value of NUMBERS) writer.put(value);
    const reader = new NumberReader(writer.take());
    assert.deepEqual(
      NUMBERS.map(() => reader.next()),
      NUMBERS,
    );
    assert.ok(reader.isAtEnd);
    assert.ok(Number.isNaN(reader.next()));
  });

  it('are taken once, however many they were', () => {
    const writer = new NumberWriter();
    for (let value = 0; value < 300_000; value++) writer.put(value);
    const reader = new NumberReader(writer.take());
    for (let value = 0; value < 300_000; value++) assert.equal(reader.next(), value);
    writer.put(1);
    assert.equal(writer.take(), 'B');
    assert.equal(writer.take(), '');
  });
});
