import assert from 'node:assert/strict';
import { type TaskRowOptions, taskRows, treeText } from '../../../src/model/presenter/index.js';
import { setTasks } from '../../../src/model/tasks/taskHistory.js';
import { plainOptions } from '../../support/taskRows.js';
import { place, processOf, snapshotOf, task } from '../../support/tasks.js';

/** So many are looked at in a step. */
const STEP = 2;

describe('Very many tasks', () => {
  const tasks = ['a', 'b', 'c', 'd', 'e'].map((id) =>
    task(id, `load ${id}`, { awaitingAt: place('/a.ts:1') }),
  );

  it('are looked at step by step where a filter is new, and what is found is shown with how far it is', () => {
    const { labels, asked } = stepped({ filter: 'load -"load c"' });
    assert.deepEqual(labels, [
      ['load a', 'load b', 'Looking through the tasks: 40 %'],
      ['load a', 'load b', 'load d', 'Looking through the tasks: 80 %'],
      ['load a', 'load b', 'load d', 'load e'],
    ]);
    assert.deepEqual(asked, [1, 2]);
  });

  for (const grouping of ['site', 'type', 'age'] as const)
    it(`are looked at step by step where they are shown by ${grouping}`, () => {
      const { labels, asked } = stepped({ grouping });
      assert.equal(labels[0]?.at(-1), 'Looking through the tasks: 40 %');
      assert.deepEqual(asked, [1, 2]);
    });

  it('are all looked at where nobody asks for steps', () => {
    const [process] = taskRows(snapshotOf(processOf(tasks)), { ...plainOptions, filter: 'load e' });
    assert.deepEqual(
      process?.children.map(({ label }) => label),
      ['load e'],
    );
  });

  it('are learned step by step where other files are hidden than before, or none', () => {
    const process = processOf(tasks);
    setTasks(process, { of: {}, pieces: process.tasks.map((one) => [one]) });
    const { descriptions, asked } = stepped({ internals: true }, snapshotOf(process));
    assert.deepEqual(
      descriptions.map((text) => /\d tasks?( and counting)?/.exec(text)?.[0]),
      ['2 tasks and counting', '4 tasks and counting', '5 tasks'],
    );
    assert.deepEqual(asked, [1, 2]);
  });

  it('are linked whole however they are learned', () => {
    const process = processOf([task('a', 'main', { awaits: ['c'] }), task('b', 'other'), task('c', 'load')]);
    setTasks(process, { of: {}, pieces: process.tasks.map((one) => [one]) });
    const { trees } = stepped({ internals: true }, snapshotOf(process));
    assert.deepEqual(trees, ['main\nother', 'main\n  load\nother', 'main\n  load\nother']);
  });

  it('are looked at again when a process that a task stands for gets a name', () => {
    const worker = task('w', 'Worker', { kind: 'handle', started: { pid: 123, threadId: 1 } });
    const main = processOf([worker]);
    const found = (name: string): string[] => {
      const thread = processOf([], { session: 's2', threadId: 1, name, parent: 's1' });
      const [process] = taskRows(snapshotOf(main, thread), { ...plainOptions, filter: 'price' });
      return process?.children.map(({ label }) => label) ?? [];
    };
    assert.deepEqual(found('worker 1'), ['worker 1']);
    assert.deepEqual(found('price.js'), ['Handles', 'price.js']);
  });

  function stepped(options: Partial<TaskRowOptions>, of = snapshotOf(processOf(tasks))): Stepped {
    const told: Stepped = { labels: [], trees: [], descriptions: [], asked: [] };
    for (const time of [1, 2, 3]) {
      const steps = { tasks: STEP, onMore: () => told.asked.push(time) };
      const [process] = taskRows(of, { ...plainOptions, ...options, steps });
      assert.ok(process);
      told.descriptions.push(process.description);
      told.labels.push(process.children.map(({ label }) => label));
      told.trees.push(treeText(process.children).replace(/(?<=\S) {2}.*/g, ''));
    }
    return told;
  }
});

/** Three times, one after the other. */
interface Stepped {
  /** Of the process. */
  descriptions: string[];
  /** Of the rows below it. */
  labels: string[][];
  trees: string[];
  /** The times after which there was more. */
  asked: number[];
}
