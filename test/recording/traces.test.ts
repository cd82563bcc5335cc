import assert from 'node:assert/strict';
import { chromeTrace } from '../../src/recording/chromeTrace.js';
import { perfettoTrace } from '../../src/recording/perfettoTrace.js';
import { ONE_AWAIT, recordingFrom } from './builtRecording.js';

const recording = recordingFrom(ONE_AWAIT, { outcomes: new Map([[5, 'fulfilled']]) });

type Field = bigint | Uint8Array;

/** Decodes a message by nothing but the wire format: the values of each field number in their order. */
function decode(bytes: Uint8Array): Map<number, Field[]> {
  const fields = new Map<number, Field[]>();
  let at = 0;
  const varint = (): bigint => {
    for (let value = 0n, shift = 0n; ; shift += 7n) {
      const byte = bytes[at++];
      assert.ok(byte !== undefined, 'cut off');
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const tag = varint();
    const type = tag & 7n;
    let value: Field;
    if (type === 0n) value = varint();
    else if (type === 1n) {
      value = new DataView(bytes.buffer, bytes.byteOffset + at).getBigUint64(0, true);
      at += 8;
    } else {
      assert.equal(type, 2n);
      const length = Number(varint());
      value = bytes.subarray(at, at + length);
      at += length;
    }
    const field = Number(tag >> 3n);
    fields.set(field, [...(fields.get(field) ?? []), value]);
  }
  return fields;
}

function message(fields: Map<number, Field[]>, field: number): Map<number, Field[]> | undefined {
  const [bytes] = fields.get(field) ?? [];
  return bytes instanceof Uint8Array ? decode(bytes) : undefined;
}

function words(fields: Map<number, Field[]>, field: number): string {
  const [bytes] = fields.get(field) ?? [];
  return bytes instanceof Uint8Array ? new TextDecoder().decode(bytes) : '';
}

describe('perfettoTrace', () => {
  // field numbers as in Perfetto's published schema
  const packets = (decode(perfettoTrace([recording])).get(1) ?? []).map((bytes) =>
    decode(bytes as Uint8Array),
  );
  const tracks = packets.flatMap((packet) => message(packet, 60) ?? []);
  const events = packets.flatMap((packet) => {
    const event = message(packet, 11);
    return event ? [{ atNs: packet.get(8)?.[0], event }] : [];
  });

  it('has a track for the process, and below it one for each task and operation', () => {
    const names = tracks.map((track) => words(track, 2));
    assert.deepEqual(names, ['shop.js', 'function1 #5', 'Timeout #6']);
    const [process, ...others] = tracks;
    const uuid = process?.get(1)?.[0];
    assert.deepEqual(
      others.map((track) => track.get(5)?.[0]),
      [uuid, uuid],
    );
    assert.equal(message(process as Map<number, Field[]>, 3)?.get(1)?.[0], 7n);
  });

  it('has a slice for each interval, in the order of time', () => {
    const times = events.map(({ atNs }) => atNs as bigint);
    assert.deepEqual(
      times,
      [...times].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)),
    );
    const track = tracks[1]?.get(1)?.[0];
    const slices = events.filter(({ event }) => event.get(11)?.[0] === track);
    assert.deepEqual(
      slices.map(({ atNs, event }) => `${String(event.get(9)?.[0])} ${String(atNs)} ${words(event, 23)}`),
      [
        '1 1100000000 running',
        '2 1110000000 ',
        '1 1110000000 awaiting (timer)',
        '2 1155000000 ',
        '1 1155000000 ready, waits for the loop',
        '2 1160000000 ',
        '1 1160000000 running',
        '2 1165000000 ',
        '3 1165000000 fulfilled',
      ],
    );
  });
});

describe('chromeTrace', () => {
  it('has a custom track for each task, in the extension format of the Performance panel', () => {
    const { traceEvents } = JSON.parse(chromeTrace([recording])) as {
      traceEvents: {
        ph: string;
        name: string;
        ts: number;
        id2?: { local: string };
        args: { detail?: string };
      }[];
    };
    const begun = traceEvents.filter(({ ph }) => ph === 'b');
    const ended = traceEvents.filter(({ ph }) => ph === 'e');
    assert.deepEqual(
      begun.map(({ id2 }) => id2?.local),
      ended.map(({ id2 }) => id2?.local),
    );
    const [running] = begun;
    assert.equal(running?.name, 'function1: running');
    assert.equal(running.ts, 1_100_000);
    const { devtools } = JSON.parse(running.args.detail ?? '') as { devtools: Record<string, unknown> };
    assert.equal(devtools['dataType'], 'track-entry');
    assert.equal(devtools['track'], 'function1 #5');
    assert.equal(devtools['trackGroup'], 'Tasks of shop.js');
  });
});
