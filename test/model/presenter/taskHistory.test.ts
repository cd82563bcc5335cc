import assert from 'node:assert/strict';
import { type Grouping, statusText, taskRows, treeText } from '../../../src/model/presenter/index.js';
import type { Snapshot } from '../../../src/protocol/snapshot.js';
import type { WireEntry } from '../../../src/protocol/wire.js';
import { randomNumbers } from '../../support/randomNumbers.js';
import { plainOptions } from '../../support/taskRows.js';
import { snapshotOf } from '../../support/tasks.js';
import { connected, entry, promise, resource, site } from '../../support/wire.js';

const REQUEST = 'HTTPSERVERREQUEST';
const GROUPINGS: readonly Grouping[] = ['awaits', 'site', 'type', 'age'];

describe('Snapshots that follow one another', () => {
  for (const [seed, tasksAtOnce] of [[1], [2], [3], [4], [5, 1], [6, 3], [7, 8]] as const)
    it(`show the same as each alone, whatever has changed (seed ${seed}, at once ${tasksAtOnce ?? 'all'})`, () => {
      const random = randomNumbers(seed);
      const { debuggee, poll } = connected();
      debuggee.retentionMs = 500;
      if (tasksAtOnce !== undefined) debuggee.tasksAtOnce = tasksAtOnce;
      const scripts = ['', 'file:///app/load.js', 'file:///app/node_modules/pg/query.js', 'node:internal/fs'];
      poll({ scripts, sites: Array.from({ length: 9 }, (_, at) => site(at + 1, `load${at}`, at % 4)) });
      const alive = new Map<number, WireEntry>();
      for (let round = 0, id = 1; round < 60; round++) {
        const entries = Array.from({ length: random(12) }, () => someEntry(id++, [...alive.keys()], random));
        for (const known of alive.values())
          if (random(8) === 0) entries.push(changed(known, [...alive.keys()], random));
        const ended = [...alive.keys()].filter(() => random(9) === 0);
        for (const one of entries) alive.set(one.id, one);
        for (const one of ended) alive.delete(one);
        poll({ entries, ended, settled: ended.length });
        debuggee.settled(
          ended.map((one) => ({ entry: one, state: random(2) === 0 ? 'fulfilled' : 'rejected' })),
        );
        const snapshot = snapshotOf(debuggee.snapshot((round + 2) * 100));
        assert.equal(shown(snapshot), shown(structuredClone(snapshot)), `round ${round}`);
      }
    });
});

/** All that the views make of it. */
function shown(snapshot: Snapshot): string {
  const trees = GROUPINGS.flatMap((grouping) =>
    [
      { internals: false, filter: '' },
      { internals: true, filter: '' },
      { internals: false, filter: 'load3' },
    ].map((options) => treeText(taskRows(snapshot, { ...plainOptions, grouping, ...options }))),
  );
  return [statusText(snapshot)?.text, ...trees].join('\n\n');
}

/** What has created it stays, and a request stays one. */
function changed(known: WireEntry, others: readonly number[], random: (below: number) => number): WireEntry {
  const { id, by } = known;
  for (;;) {
    const other = someEntry(id, others, random);
    if ((other.type === REQUEST) === (known.type === REQUEST)) return { ...other, by };
  }
}

/** Waits for some of the others, or for itself. */
function someEntry(id: number, others: readonly number[], random: (below: number) => number): WireEntry {
  const waits = Array.from({ length: random(3) }, () => others[random(others.length)] ?? id);
  const by = others[random(others.length)] ?? 0;
  const place = { site: random(9), call: random(9), await: random(9), waits, by };
  switch (random(6)) {
    case 0:
    case 1:
      return entry(id, `load${random(3)}`, place);
    case 2:
      return promise(id, 'new', place);
    case 3:
      return promise(id, 'combinator', { ...place, type: 'Promise.all', inputs: waits.length });
    case 4:
      return resource(id, random(2) === 0 ? 'Timeout' : 'TCPWRAP', { site: random(9), call: random(9), by });
    default:
      return resource(id, REQUEST, { site: random(9), by });
  }
}
