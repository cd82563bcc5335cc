import assert from 'node:assert/strict';
import { Lanes, LaneState } from '../../src/recording/lanes.js';
import { ReceivedEvents } from '../../src/recording/threadRecording.js';
import { builtAgent } from '../support/builtAgent.js';
import { runProgram } from '../support/runProgram.js';

/** Which version, how many calls, and by how much the two clocks' readings are apart at most. */
export interface ComparedRecording {
  calls: number;
  intervals: number;
  worstMs: number;
}

/** What a call did, as it has written down itself: id, and times at which it began, awaited, went on … and ended. */
type OwnLog = { id: number; times: number[] };

/**
 * Runs a random program whose calls write down when they begin, await, go on and end, and holds its recording against that.
 * Throws where the recording has an interval too few, too many, of another kind or another call.
 */
export async function compareRecording(node: string, seed: number): Promise<ComparedRecording> {
  const { stdout, stderr, code } = await runProgram(node, ['--require', builtAgent()], {
    'program.js': program(seed),
  });
  assert.equal(code, 0, stderr);
  const { logs, parts, offsetMs } = JSON.parse(stdout) as {
    logs: OwnLog[];
    parts: unknown[];
    offsetMs: number;
  };
  const received = new ReceivedEvents();
  for (const part of parts) received.add(part);
  const lanes = new Lanes();
  lanes.update(received.log, received.types);
  assert.deepEqual(lanes.leftOut, []);
  let intervals = 0;
  let worstMs = 0;
  for (const { id, times } of logs) {
    const lane = lanes.get(id);
    assert.ok(lane, `call ${id} is not in the recording`);
    const told = boundaries(lanes, lane.intervals);
    assert.equal(told.length, times.length, `call ${id}: ${told.join()} is not ${times.join()}`);
    told.forEach(
      (atMs, index) => (worstMs = Math.max(worstMs, Math.abs(atMs - (times[index] as number) + offsetMs))),
    );
    intervals += told.length - 1;
  }
  return { calls: logs.length, intervals, worstMs };
}

/** When a lane began to run and to await, in turns, and ended. To be ready is to await still. */
function boundaries({ intervals }: Lanes, indexes: readonly number[]): number[] {
  const found: number[] = [];
  let wasRunning = false;
  for (const index of indexes) {
    const state = intervals.state[index];
    assert.notEqual(state, LaneState.Unknown);
    const isRunning = state === LaneState.Running;
    if (found.length === 0 || isRunning !== wasRunning) found.push(intervals.startMs[index] as number);
    wasRunning = isRunning;
  }
  found.push(intervals.endMs[indexes.at(-1) as number] as number);
  return found;
}

/** Calls in a tree, one after the other or together; each awaits values, timers, promises and other calls. */
function program(seed: number): string {
  return `
    const agent = globalThis[Symbol.for('nodejs.asyncDebugger.agent')];
    agent.connect({ thresholdMs: 0, siteBudget: 1, recordingSeconds: 60 });
    let state = ${seed};
    const random = (below) => ((state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32 * below) | 0;
    const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    const logs = [];
    const now = () => performance.now();
    async function call(depth) {
      const log = { id: agent.current(), times: [now()] };
      logs.push(log);
      for (let count = random(4); count >= 0; count--) {
        const what = random(6);
        const began = what > 3 && depth < 5 ? [call(depth + 1), ...(what > 4 ? [call(depth + 1)] : [])] : [];
        const awaited =
          began.length === 1 ? began[0]
          : began.length > 1 ? Promise.all(began)
          : what === 0 ? 7
          : what === 1 ? sleep(random(5))
          : what === 2 ? new Promise((resolve) => setImmediate(resolve))
          : Promise.resolve(1);
        log.times.push(now());
        await awaited;
        log.times.push(now());
      }
      log.times.push(now());
    }
    async function main() {
      for (let round = 0; round < 6; round++) await Promise.all([call(0), call(0)]);
    }
    main().then(() => {
      const parts = [];
      let next = 0;
      let offsetMs = 0;
      do {
        const from = now();
        parts.push(JSON.parse(agent.recording(next)));
        offsetMs = (from + now()) / 2 - parts.at(-1).nowMs;
        next = parts.at(-1).next;
      } while (parts.at(-1).more);
      console.log(JSON.stringify({ logs, parts, offsetMs }));
    });
  `;
}
