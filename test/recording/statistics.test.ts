import assert from 'node:assert/strict';
import { Lanes } from '../../src/recording/lanes.js';
import { distribution, statisticsOf } from '../../src/recording/statistics.js';
import { ONE_AWAIT, recordingFrom } from './builtRecording.js';

describe('statistics', () => {
  it('sums up what was seen of a function, and of the line where it awaits', () => {
    const recording = recordingFrom(ONE_AWAIT, { outcomes: new Map([[5, 'rejected']]) });
    const lanes = new Lanes();
    lanes.update(recording.log, recording.types);
    const { places, awaits } = statisticsOf([{ recording, lanes }]);
    const [place] = places;
    assert.ok(place);
    assert.equal(places.length, 1);
    assert.deepEqual(
      [place.name, place.calls, place.settled, place.rejected, place.durations.p50Ms],
      ['function1', 1, 1, 1, 65],
    );
    assert.deepEqual([place.polls.count, place.polls.totalMs, place.polls.maxMs], [2, 15, 10]);
    assert.deepEqual([place.ready.totalMs, place.awaiting.totalMs], [5, 45]);
    assert.deepEqual([awaits[0]?.site?.line, awaits[0]?.awaiting.totalMs], [3, 45]);
  });

  it('gives the percentiles of what took longest', () => {
    const found = distribution(Array.from({ length: 100 }, (_, index) => index + 1));
    assert.deepEqual([found.p50Ms, found.p95Ms, found.p99Ms, found.maxMs], [50, 95, 99, 100]);
    assert.deepEqual(found.histogram, [0, 0, 9, 90, 1, 0]);
    assert.deepEqual(distribution([]).histogram, [0, 0, 0, 0, 0, 0]);
  });
});
