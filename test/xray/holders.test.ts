import assert from 'node:assert/strict';
import path from 'node:path';
import { xrayProgram } from '../../scripts/xray/zooXray.js';
import { leavesOf } from '../../src/xray/settlers/waiters.js';
import { StuckReport } from '../../src/xray/stuck/stuckReport.js';
import { nodesUnderTest } from '../support/nodeVersions.js';

/** What is said of the promise that each function awaits. */
interface Told {
  settled: Map<string, string>;
  places: Map<string, number | undefined>;
  stuck: string[];
}

const HELD: Record<string, RegExp> = {
  mapOfResolvers: /^its resolve function is held by waiting\.get\("order-42"\)\.resolve \(holders\.js\)$/,
  arrayOfResolvers: /^its resolve function is held by queue\[0\] \(holders\.js\)$/,
  listener: /^its resolve function is held by a 'drain' listener of jobs \(EventEmitter, holders\.js\)$/,
  transfer: /held by account\.#queue\[0\] \(Mutex, holders\.js\)$/,
  leftThenRight: /held by right\.#queue\[0\]/,
  rightThenLeft: /held by left\.#queue\[0\]/,
  pooledSecond: /held by pool\.waiters\[0\] \(Pool, holders\.js\)$/,
  barrier: /held by open \(holders\.js\)$/,
  timer: /^operation$/,
  timeLimit: /held by queue\[1\] \(holders\.js\)$/,
};
const NOBODY = ['forgotten', 'heldByItsOwnWaiter'];
const NEAR = [
  ...['inWeakMap', 'behindWeakRef', 'inStorage', 'onPrototype', 'inGenerator', 'racing', 'settledByHandler'],
];

/** On the oldest and on a present version: the shapes of V8 are the same in all between (npm run xray-check). */
describe('Who may settle a promise', function () {
  this.timeout(120_000);

  for (const node of nodesUnderTest().filter(({ major }) => major === 18 || major === 24)) {
    describe(`Node ${node.major}`, () => {
      let told: Told;
      before(async () => {
        told = await look(node);
      });

      it('is named as the program would name it', () => {
        for (const [name, text] of Object.entries(HELD))
          assert.match(told.settled.get(name) ?? '', text, name);
      });

      it('is nobody only where that is proven', () => {
        for (const name of NOBODY) assert.match(told.settled.get(name) ?? '', /^nobody can settle it/, name);
        for (const name of NEAR) {
          assert.ok(told.settled.has(name), name);
          assert.doesNotMatch(told.settled.get(name) ?? '', /^nobody/, name);
        }
      });

      it('has the line of each await', () => {
        assert.equal(told.places.get('mapOfResolvers'), 17);
        assert.equal(told.places.get('transfer'), 46);
        assert.equal(told.places.get('barrier'), 84);
      });

      it('leads to what the program is stuck on, the surest first', () => {
        const [first = '', ...others] = told.stuck;
        assert.match(
          first,
          /^circleA \(holders\.js:\d+\) awaits circleB|^circleB \(holders\.js:\d+\) awaits circleA/,
        );
        assert.ok(told.stuck.length <= 10);
        const text = others.join('\n');
        assert.match(text, /forgotten \(holders\.js:\d+\) waits for ever/);
        assert.match(text, /transfer \(holders\.js:46\) may have: it may wait for itself/);
        assert.match(
          text,
          /(leftThenRight|rightThenLeft) .*(rightThenLeft|leftThenRight) .*may wait for each other/,
        );
      });
    });
  }

  async function look(node: Parameters<typeof xrayProgram>[0]): Promise<Told> {
    const program = path.resolve('test/xray/programs/holders.js');
    return xrayProgram(node, program, ({ xray, texts }) => {
      const { graph } = xray.read;
      const settled = new Map<string, string>();
      const places = new Map<string, number | undefined>();
      for (const task of graph.tasks.values()) {
        if (task.awaits === undefined) continue;
        const [leaf] = leavesOf(graph, task.awaits);
        places.set(task.name, xray.places.get(task)?.line);
        if (leaf !== undefined) settled.set(task.name, texts.short(leaf) ?? xray.settlers.of(leaf).kind);
      }
      return { settled, places, stuck: new StuckReport(xray, texts).lines().map(({ text }) => text) };
    });
  }
});
