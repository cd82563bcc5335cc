import assert from 'node:assert/strict';
import { EventKind } from '../../src/protocol/recording.js';
import { Lanes, type LaneState } from '../../src/recording/lanes.js';
import { CATEGORIES } from '../../src/recording/waitCategory.js';
import { type BuiltEvent, logOf, ONE_AWAIT } from './builtRecording.js';

const NAMES = ['running', 'ready', 'awaiting', 'unknown'];

function lanesOf(events: readonly BuiltEvent[]): Lanes {
  const lanes = new Lanes();
  lanes.update(logOf(events), ['', 'Timeout', 'TCPCONNECTWRAP']);
  return lanes;
}

/** `running 100-110` of each interval of a lane. */
function told(lanes: Lanes, id: number): string[] {
  const { intervals } = lanes;
  return (lanes.get(id)?.intervals ?? []).map(
    (index) =>
      `${NAMES[intervals.state[index] as LaneState]} ${intervals.startMs[index]}-${intervals.endMs[index]}`,
  );
}

describe('Lanes', () => {
  it('tells when a task ran, awaited, was ready, and settled', () => {
    const lanes = lanesOf(ONE_AWAIT);
    assert.deepEqual(told(lanes, 5), [
      'running 100-110',
      'awaiting 110-155',
      'ready 155-160',
      'running 160-165',
    ]);
    assert.equal(lanes.get(5)?.endMs, 165);
    assert.deepEqual(told(lanes, 6), ['awaiting 109-155']);
  });

  it('tells what is awaited by the operation that settles it', () => {
    const lanes = lanesOf(ONE_AWAIT);
    const awaiting = lanes.get(5)?.intervals[1] as number;
    assert.equal(CATEGORIES[lanes.intervals.category[awaiting] as number], 'timer');
  });

  it('does not take a task for ready before it awaited', () => {
    const lanes = lanesOf([
      { kind: EventKind.Called, id: 1, atMs: 100 },
      { kind: EventKind.Suspended, id: 1, atMs: 101, value: 9 },
      // it awaited what had settled a second before
      { kind: EventKind.Resumed, id: 1, atMs: 103, value: 1_000_000 },
    ]);
    assert.deepEqual(told(lanes, 1), [
      'running 100-101',
      'awaiting 101-101',
      'ready 101-103',
      'running 103-Infinity',
    ]);
  });

  it('takes a task for ready from when its timer was due', () => {
    const late: BuiltEvent[] = [
      ...ONE_AWAIT.slice(0, 4),
      { kind: EventKind.FiredLate, id: 6, atMs: 155, value: 30_000 },
      ...ONE_AWAIT.slice(4),
    ];
    const lanes = lanesOf(late);
    assert.deepEqual(told(lanes, 5), [
      'running 100-110',
      'awaiting 110-125',
      'ready 125-160',
      'running 160-165',
    ]);
    assert.deepEqual(told(lanes, 6), ['awaiting 109-125', 'ready 125-155']);
  });

  it('says that it does not know what was left out', () => {
    const lanes = lanesOf([
      { kind: EventKind.Called, id: 1, atMs: 100 },
      { kind: EventKind.Suspended, id: 1, atMs: 101 },
      { kind: EventKind.Suspended, id: 1, atMs: 150, gap: true },
      { kind: EventKind.Lost, id: 1, atMs: 160 },
    ]);
    assert.deepEqual(told(lanes, 1), [
      'running 100-101',
      'unknown 101-150',
      'awaiting 150-160',
      'unknown 160-Infinity',
    ]);
  });

  it('goes on where it stopped', () => {
    const log = logOf(ONE_AWAIT.slice(0, 3));
    const lanes = new Lanes();
    lanes.update(log, ['', 'Timeout']);
    for (const { kind, id, atMs, place = 0, value = 0 } of ONE_AWAIT.slice(3))
      log.push(kind, 0, place, id, atMs, value);
    lanes.update(log, ['', 'Timeout']);
    assert.deepEqual(told(lanes, 5), told(lanesOf(ONE_AWAIT), 5));
  });
});
