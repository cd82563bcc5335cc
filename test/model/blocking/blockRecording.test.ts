import assert from 'node:assert/strict';
import { BlockRecording } from '../../../src/model/blocking/blockRecording.js';
import type { Stretch } from '../../../src/model/blocking/cpuProfile.js';
import { frame } from '../../support/wire.js';

function shown(stretches: readonly Stretch[]): string[] {
  return stretches.map(({ ms, frames }) => `${ms} ${frames.map((one) => one.function).join(' < ')}`);
}

describe('BlockRecording', () => {
  it('takes each sample for the time since the one before, and the last until the end', () => {
    const recording = new BlockRecording();
    recording.add([frame('a /x.ts:1')], 50, false);
    recording.add([frame('b /x.ts:2'), frame('a /x.ts:1')], 75, false);
    recording.add([frame('a /x.ts:1')], 100, false);
    assert.deepEqual(shown(recording.read(120)), ['50 a', '25 b < a', '45 a']);
  });

  it('leaves out what V8 ran to ask, and what was only called after a native call', () => {
    const recording = new BlockRecording();
    recording.add([{ url: '', line: 1, column: 1, function: '' }, frame('a /x.ts:1')], 50, false);
    recording.add([{ ...frame('next /x.ts:9'), entered: true }, frame('a /x.ts:1')], 500, true);
    assert.deepEqual(shown(recording.read(500)), ['50 a', '450 a']);
  });

  it('becomes coarser and not longer when a block goes on for an hour', () => {
    const recording = new BlockRecording();
    for (let ms = 25; ms <= 3_600_000; ms += 25)
      recording.add([frame(`f${ms % 7} /x.ts:${ms % 7}`)], ms, false);
    const stretches = recording.read(3_600_000);
    assert.ok(stretches.length >= 200 && stretches.length <= 400, `${stretches.length}`);
    assert.equal(
      stretches.reduce((sum, { ms }) => sum + ms, 0),
      3_600_000,
    );
    assert.ok(new Set(stretches.map(({ frames }) => frames)).size <= 7, 'equal stacks are the same');
  });

  it('has nothing before the first sample and after it was cleared', () => {
    const recording = new BlockRecording();
    assert.equal(recording.isEmpty, true);
    recording.add([frame('a /x.ts:1')], 50, false);
    assert.equal(recording.isEmpty, false);
    recording.clear();
    assert.equal(recording.isEmpty, true);
    assert.deepEqual(recording.read(10), []);
  });
});
