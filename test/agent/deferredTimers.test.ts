import assert from 'node:assert/strict';
import type { Poll, WireEntry } from '../../src/protocol/wire.js';
import { PollReader, LOOKING } from '../support/agentPolls.js';
import { preloadedAgent } from '../support/builtAgent.js';
import { forEachNode } from '../support/nodeVersions.js';
import { runProgram } from '../support/runProgram.js';

/** More than wait for a record at a time. */
const LASTING = 200;

/** Makes timers while no stack may be taken, and prints what the agent says to a host of them. */
const PROGRAM = `${LOOKING}
  const told = {};
  const hour = () => setTimeout(() => {}, 3_600_000);
  told.before = look();
  for (let made = 0; made < 1_000; made++) clearTimeout(hour());
  told.cleared = look();
  const lasting = Array.from({ length: ${LASTING} }, hour);
  told.lasting = look();
  lasting.forEach(clearTimeout);
  told.ended = look();
  setTimeout(() => {
    told.running = look();
    setImmediate(() => {
      told.ran = look();
      process.stdout.write(JSON.stringify(told), () => process.exit());
    });
  }, 1);
`;

type Moment = 'before' | 'cleared' | 'lasting' | 'ended' | 'running' | 'ran';

interface Told {
  timers: WireEntry[];
  ended: number[];
  last: Poll;
}

function read(texts: Record<Moment, string[]>): Record<Moment, Told> {
  const reader = new PollReader();
  const moments = Object.entries(texts).map(([moment, polls]) => {
    const told = reader.read(polls);
    const timers = told.flatMap(({ entries }) => entries).filter(({ type }) => type === 'Timeout');
    return [moment, { timers, ended: told.flatMap(({ ended }) => ended), last: told.at(-1) }];
  });
  return Object.fromEntries(moments) as Record<Moment, Told>;
}

describe('Timers made while no stack may be taken', () => {
  forEachNode((node) => {
    it('are told once they have lasted until a poll, or run', async () => {
      const { stdout, stderr } = await runProgram(node.path, [], { 'main.js': PROGRAM }, preloadedAgent());
      assert.equal(stderr, '');
      const told = read(JSON.parse(stdout) as Record<Moment, string[]>);
      assert.deepEqual(told.cleared.timers, []);

      const ids = told.lasting.timers.map(({ id }) => id);
      assert.equal(new Set(ids).size, LASTING);
      for (const { bornMs, site } of told.lasting.timers) {
        assert.ok(bornMs >= told.before.last.nowMs - 1 && bornMs <= told.lasting.last.nowMs, `${bornMs}`);
        assert.equal(site, undefined);
      }
      assert.deepEqual(told.ended.ended.toSorted(), ids.toSorted());

      const [running, ...others] = told.running.timers;
      assert.deepEqual(others, []);
      assert.equal(told.running.last.turn?.entry, running?.id);
      assert.deepEqual(told.ran.ended, [running?.id]);
    });
  });
});
