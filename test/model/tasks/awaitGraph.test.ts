import assert from 'node:assert/strict';
import { AwaitGraph } from '../../../src/model/tasks/awaitGraph.js';
import type { Poll, WireEntry } from '../../../src/protocol/wire.js';
import { poll, entry, promise, resource, site } from '../../support/wire.js';

type Limits = NonNullable<ConstructorParameters<typeof AwaitGraph>[1]>['limits'];

function graphOf(limits?: Limits): {
  graph: AwaitGraph;
  apply: (over: Partial<Poll>) => void;
  touched: Set<number>;
} {
  const touched = new Set<number>();
  const graph = new AwaitGraph((id) => touched.add(id), limits && { limits });
  let seq = 0;
  return {
    graph,
    touched,
    apply(over) {
      const next = poll({ seq: ++seq, ...over });
      graph.put(next);
      graph.remove(next);
    },
  };
}

function known(graph: AwaitGraph, id: number): WireEntry {
  const found = graph.get(id);
  assert.ok(found, `entry ${id}`);
  return found;
}

function state(graph: AwaitGraph, id: number): string | undefined {
  const found = graph.get(id);
  return found && graph.state(found);
}

describe('AwaitGraph', () => {
  it('sees no circle through what a thenable may have begun for something else', () => {
    const { graph, apply } = graphOf();
    const around = (waits: number[]): WireEntry[] => [
      entry(1, 'main', { waits: [2] }),
      promise(2, 'promise', { waits }),
      promise(3, 'then', { waits: [1] }),
    ];
    apply({ entries: around([3, 0]) });
    graph.update();
    assert.equal(graph.isInCircle(known(graph, 1)), false);
    apply({ entries: around([3]) });
    graph.update();
    assert.equal(graph.isInCircle(known(graph, 1)), true);
  });

  it('knows since when an entry is ready only where it has heard of it in time', () => {
    const { graph, apply } = graphOf();
    const since = (id: number): number | undefined => graph.readySinceMs(known(graph, id));
    const waiting = [entry(1, 'a', { waits: [11] }), entry(2, 'b', { waits: [12] })];
    apply({
      nowMs: 1000,
      entries: [
        ...waiting,
        resource(11, 'Timeout'),
        resource(12, 'Timeout'),
        entry(3, 'c', { state: 'ready' }),
      ],
    });
    assert.deepEqual([since(1), since(2), since(3)], [undefined, undefined, undefined]);
    apply({ nowMs: 1100, ended: [11] });
    apply({ nowMs: 1200, entries: [entry(1, 'a', { waits: [11] }), entry(4, 'd', { waits: [11] })] });
    assert.deepEqual([since(1), since(4)], [1100, 1200]);
    apply({ nowMs: 2900, ended: [12], more: true });
    apply({ nowMs: 2901, entries: [entry(5, 'e', { waits: [12] })] });
    assert.deepEqual([since(2), since(5)], [undefined, undefined]);
    apply({ nowMs: 3000, entries: [entry(1, 'a', { waits: [12], runs: 2 })] });
    assert.equal(since(1), 3000);
    apply({ nowMs: 3100, entries: [entry(1, 'a', { runs: 2 })] });
    assert.equal(since(1), undefined);
  });

  it('takes a combinator to be ready since its last input has ended, a race since the first', () => {
    const { graph, apply } = graphOf();
    const all = { waits: [11, 12], inputs: 2 };
    const entries = [
      promise(1, 'combinator', { ...all, type: 'Promise.all' }),
      promise(2, 'combinator', { ...all, type: 'Promise.race' }),
    ];
    apply({ nowMs: 100, entries: [...entries, resource(11, 'Timeout'), resource(12, 'Timeout')] });
    apply({ nowMs: 200, ended: [11] });
    apply({ nowMs: 300, ended: [12] });
    assert.deepEqual(
      [1, 2].map((id) => graph.readySinceMs(known(graph, id))),
      [300, 200],
    );
  });

  it('keeps the last whole value of an entry, in its first place', () => {
    const { graph, apply } = graphOf();
    apply({ entries: [entry(1, 'a'), entry(2, 'b')] });
    apply({ entries: [entry(1, 'a', { runs: 5 })] });
    assert.deepEqual(
      [...graph.entries()].map(({ id, runs }) => [id, runs]),
      [
        [1, 5],
        [2, 1],
      ],
    );
  });

  it('keeps no more waits, texts and scattered ids than there is room for, and counts what it leaves out', () => {
    const waits = graphOf({ links: 3 });
    waits.apply({
      entries: [entry(1, 'a', { waits: [7, 7] }), entry(2, 'b', { waits: [7, 8, 9], waitsMore: 1 })],
    });
    assert.deepEqual(known(waits.graph, 2).waits, [7]);
    assert.equal(known(waits.graph, 2).waitsMore, 3);
    waits.apply({ entries: [entry(2, 'b', { waits: [8] })], ended: [1] });
    waits.apply({ entries: [entry(3, 'c', { waits: [5, 6] })] });
    assert.deepEqual(known(waits.graph, 3).waits, [5, 6]);

    const letters = 'a function that is called so'.length + 10;
    const texts = graphOf({ letters });
    texts.apply({ entries: [entry(1, 'a function that is called so'), entry(2, 'x'.repeat(letters))] });
    assert.equal(texts.graph.get(2), undefined);
    assert.equal(texts.graph.dropped.records, 1);
    texts.apply({ entries: [entry(1, 'x'.repeat(letters + 1))] });
    assert.equal(texts.graph.get(1), undefined, 'what it was before is not true any more');

    const ids = graphOf({ spread: 2 });
    ids.apply({ entries: [entry(1, 'a'), entry(2, 'b'), entry(1000, 'c'), entry(2000, 'd')] });
    assert.deepEqual(
      [...ids.graph.entries()].map(({ id }) => id),
      [1, 2, 1000],
    );
    assert.equal(ids.graph.dropped.records, 1);
  });

  it('links both ways, also to what is sent later', () => {
    const { graph, apply } = graphOf();
    apply({ entries: [entry(1, 'a', { waits: [2] })] });
    assert.deepEqual(graph.awaits(known(graph, 1)), []);
    apply({ entries: [promise(2, 'new')] });
    assert.deepEqual(graph.awaits(known(graph, 1)), [2]);
    assert.deepEqual(graph.awaitedBy(known(graph, 2)), [1]);
  });

  it('forgets a link that a newer value does not have', () => {
    const { graph, apply } = graphOf();
    apply({ entries: [entry(1, 'a', { waits: [2] }), promise(2, 'new'), promise(3, 'new')] });
    apply({ entries: [entry(1, 'a', { waits: [3] })] });
    assert.deepEqual(graph.awaitedBy(known(graph, 2)), []);
    assert.deepEqual(graph.awaitedBy(known(graph, 3)), [1]);
  });

  it('removes what has ended', () => {
    const { graph, apply } = graphOf();
    apply({ entries: [entry(1, 'a', { waits: [2] }), promise(2, 'new')] });
    apply({ ended: [1, 99] });
    assert.equal(graph.size, 1);
    assert.deepEqual(graph.awaitedBy(known(graph, 2)), []);
  });

  it('keeps an async function that was collected, with all that it waits for', () => {
    const { graph, apply } = graphOf();
    const all = promise(2, 'combinator', { type: 'Promise.all', waits: [3], inputs: 1 });
    apply({
      entries: [entry(1, 'main', { waits: [2] }), all, entry(3, 'mail', { waits: [4] }), promise(4, 'new')],
    });
    apply({ collected: [4] });
    apply({ collected: [3, 2] });
    apply({ collected: [1] });
    assert.deepEqual(
      [1, 2, 3, 4].map((id) => graph.isUnreachable(known(graph, id))),
      [true, true, true, true],
    );
    assert.deepEqual(
      [1, 3].map((id) => state(graph, id)),
      ['awaiting', 'awaiting'],
    );
    assert.deepEqual(graph.awaits(known(graph, 1)), [2]);
  });

  it('keeps nothing of other promises that were collected, once nobody waits for them', () => {
    const { graph, apply } = graphOf();
    const race = promise(1, 'combinator', { type: 'Promise.race', waits: [2, 3], inputs: 2 });
    apply({ entries: [race, promise(2, 'then', { waits: [4] }), promise(3, 'new'), promise(4, 'new')] });
    apply({ entries: [promise(5, 'new'), promise(6, 'then')] });
    apply({ collected: [2, 4, 5, 6] });
    assert.deepEqual(
      [...graph.entries()].map(({ id }) => id),
      [1, 2, 3, 4],
    );
    assert.equal(graph.isUnreachable(known(graph, 1)), false);
    assert.deepEqual(graph.inputs(known(graph, 1)), { total: 2, settled: 0 });
    apply({ ended: [3] });
    apply({ ended: [1] });
    assert.equal(graph.size, 0);
  });

  it('knows that whoever waits for what was collected cannot go on either, but with a choice', () => {
    const { graph, apply } = graphOf();
    const all = promise(5, 'combinator', { type: 'Promise.all', waits: [1, 6], inputs: 2 });
    apply({
      entries: [promise(1, 'new'), entry(2, 'a', { waits: [1] }), promise(3, 'then', { waits: [2] }), all],
    });
    apply({ entries: [promise(6, 'new'), promise(7, 'new', { waits: [1] })] });
    apply({ collected: [1] });
    apply({ entries: [entry(4, 'late', { waits: [3] })] });
    const unreachable = [...graph.entries()].filter((one) => graph.isUnreachable(one)).map(({ id }) => id);
    assert.deepEqual(unreachable, [1, 2, 3, 4]);
  });

  it('keeps a few of the functions that were collected at one await, and counts the others', () => {
    const { graph, apply } = graphOf();
    const lost = (id: number, line: number): WireEntry => entry(id, '', { site: 1, await: line });
    apply({ scripts: ['a.js'], sites: [site(1), site(2), site(3)] });
    for (let id = 1; id <= 1000; id++) apply({ entries: [lost(id, 1)] });
    apply({ entries: [lost(2000, 2)], collected: Array.from({ length: 1000 }, (_, n) => n + 1) });
    apply({ collected: [2000] });
    const kept = [...graph.entries()];
    assert.ok(kept.length <= 30);
    assert.equal(kept.length + graph.unreachableMore(known(graph, 1)), 1001);
    assert.deepEqual(
      [2, 2000].map((id) => graph.unreachableMore(known(graph, id))),
      [0, 0],
    );
  });

  it('calls a task ready when what it awaits has ended', () => {
    const { graph, apply } = graphOf();
    apply({ entries: [entry(1, 'a', { waits: [2] }), promise(2, 'new')] });
    assert.equal(state(graph, 1), 'awaiting');
    apply({ ended: [2] });
    assert.equal(state(graph, 1), 'ready');
    apply({ entries: [entry(1, 'a', { waits: [2], runs: 2 })] });
    assert.equal(state(graph, 1), 'ready');
    apply({ entries: [entry(1, 'a', { waits: [3] }), promise(3, 'new')] });
    assert.equal(state(graph, 1), 'awaiting');
  });

  it('calls all ready after its last input, race after its first, and new Promise never', () => {
    const { graph, apply } = graphOf();
    const combinator = (id: number, type: string) =>
      entry(id, type, { kind: 'combinator', state: 'pending', waits: [11, 12], inputs: 2 });
    apply({
      entries: [
        combinator(1, 'Promise.all'),
        combinator(2, 'Promise.race'),
        promise(3, 'new', { waits: [13] }),
        promise(11, 'new'),
        promise(12, 'new'),
        resource(13, 'Timeout'),
      ],
    });
    apply({ ended: [11, 13] });
    assert.deepEqual(
      [1, 2, 3].map((id) => state(graph, id)),
      ['pending', 'ready', 'pending'],
    );
    assert.deepEqual(graph.inputs(known(graph, 1)), { total: 2, settled: 1 });
    apply({ ended: [12] });
    assert.equal(state(graph, 1), 'ready');
    assert.deepEqual(graph.inputs(known(graph, 1)), { total: 2, settled: 2 });
  });

  it('counts the inputs of a combinator that are too many to be named', () => {
    const { graph, apply } = graphOf();
    const all = (waits: number[], waitsMore?: number): void =>
      apply({
        entries: [
          promise(1, 'combinator', {
            type: 'Promise.all',
            waits,
            inputs: 2000,
            ...(waitsMore !== undefined && { waitsMore }),
          }),
          promise(11, 'new'),
          promise(12, 'new'),
        ],
      });
    all([11, 12], 1500);
    assert.deepEqual(graph.inputs(known(graph, 1)), { total: 2000, settled: 498 });
    apply({ ended: [11, 12] });
    assert.deepEqual(graph.inputs(known(graph, 1)), { total: 2000, settled: 500 });
    assert.equal(state(graph, 1), 'pending');
    all([11, 12]);
    assert.equal(state(graph, 1), 'ready');
  });

  it('counts the indexes of the tables on over the polls', () => {
    const { graph, apply } = graphOf();
    apply({ scripts: ['/a.js'], sites: [site(1, 'f')] });
    apply({ scripts: ['/b.js'], sites: [site(2, 'g', 1), site(3, 'h', 0)] });
    assert.deepEqual(graph.frame(1), { url: '/b.js', line: 2, column: 5, function: 'g' });
    assert.equal(graph.frame(2)?.url, '/a.js');
    assert.equal(graph.frame(undefined), undefined);
  });

  it('tells whose text has to be made again', () => {
    const { apply, touched } = graphOf();
    apply({ entries: [entry(1, 'a', { waits: [2] }), entry(2, 'b', { waits: [3] }), promise(3, 'new')] });
    touched.clear();
    apply({ ended: [3] });
    assert.deepEqual(touched, new Set([2, 3]));
  });

  it('touches only what a newer value links anew', () => {
    const { apply, touched } = graphOf();
    apply({ entries: [entry(1, 'a', { waits: [2, 3] }), promise(2, 'new'), promise(3, 'new')] });
    apply({ entries: [entry(9, 'above', { waits: [1] }), promise(4, 'new')] });
    touched.clear();
    apply({ entries: [entry(1, 'a', { waits: [2, 4] })] });
    assert.deepEqual(touched, new Set([1, 3, 4]));
  });

  it('counts what does not fit', () => {
    const { graph, apply } = graphOf({ entries: 2, links: 1, sites: 1 });
    apply({
      scripts: ['/a.js'],
      sites: [site(1), site(2)],
      entries: [entry(1, 'a', { waits: [2, 3] }), entry(2, 'b', { site: 1 }), entry(3, 'c')],
      dropped: { records: 10, sites: 20 },
    });
    assert.equal(graph.size, 2);
    assert.deepEqual(graph.dropped, { records: 12, sites: 21 });
    assert.equal(graph.frame(1), undefined);
    apply({ entries: [entry(1, 'a')], ended: [2] });
    apply({ entries: [entry(3, 'c', { waits: [1] })] });
    assert.deepEqual(graph.awaitedBy(known(graph, 1)), [3]);
  });
});
