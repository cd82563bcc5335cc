import assert from 'node:assert/strict';
import { endReport, type ProgramEnd } from '../../src/cli/endReport.js';
import type { Ending, ProcessSnapshot, Task } from '../../src/protocol/snapshot.js';
import { place, processOf, snapshotOf, task } from '../support/tasks.js';

const STUCK = task('1', 'load', { awaitingAt: place('/shop/load.js:3') });

function timer(id: string, over: Partial<Task> = {}): Task {
  const createdAt = place(`/shop/jobs.js:${id}`);
  return task(id, 'setInterval 200 ms', {
    kind: 'timer',
    type: 'Timeout',
    state: 'pending',
    keepsAlive: true,
    createdAt,
    ...over,
  });
}

function connection(id: string, over: Partial<Task> = {}): Task {
  const createdAt = place(`/shop/db.js:${id}`);
  return task(id, 'TCP connection', {
    kind: 'handle',
    type: 'TCPWRAP',
    state: 'pending',
    keepsAlive: true,
    createdAt,
    ...over,
  });
}

function report(tasks: Task[], ending: Ending | undefined, end: Partial<ProgramEnd> = {}): string[] {
  return reportOf([processOf(tasks, { state: 'ended', ...(ending && { ending }) })], end);
}

function reportOf(processes: ProcessSnapshot[], end: Partial<ProgramEnd> = {}): string[] {
  const told = endReport(snapshotOf(...processes), { signal: null, ...end }, '/shop');
  return told.flatMap(({ text, tree }) => [text, ...(tree?.split('\n') ?? [])]);
}

describe('endReport', () => {
  it('says nothing of a program that has ended with nothing pending', () => {
    const loose = timer('2', { keepsAlive: false, unref: true });
    assert.deepEqual(report([loose, connection('3', { keepsAlive: false })], { by: 'itself', code: 0 }), []);
    assert.deepEqual(report([], { by: 'error', code: 1 }), []);
  });

  it('tells what still waited', () => {
    assert.deepEqual(report([STUCK], { by: 'itself', code: 0 }), [
      'At its end the program still waited for:',
      'shop  ended',
      '  load  awaiting · 1.2 s  load.js:3',
    ]);
  });

  it('tells a circle also where it was collected before the end', () => {
    const inCircle: Partial<Task> = { circle: true, unreachable: true };
    const first = task('1', 'first', { ...inCircle, awaits: ['2'], awaitedBy: ['2'] });
    const other = task('2', 'other', { ...inCircle, awaits: ['1'], awaitedBy: ['1'] });
    const [text, , ...rows] = report([first, other], { by: 'itself', code: 0 });
    assert.equal(text, 'It has lost what these wait for, so they could never go on:');
    assert.match(rows.join('\n'), /^ {2}first {2}⟶ other .*\n {4}other {2}⟶ first/);
  });

  it('tells who called process.exit, and what would have kept it running', () => {
    const ending: Ending = { by: 'process.exit', code: 0, site: place('/shop/main.js:4 main') };
    const main = task('1', 'main', { state: 'running' });
    assert.deepEqual(report([main], ending), ['The program called process.exit in main (main.js:4).']);
    const tool: Ending = { ...ending, site: place('/shop/node_modules/tool/cli.js:4 run') };
    assert.deepEqual(report([main], tool), []);
    assert.equal(
      report([STUCK], tool)[0],
      'The program called process.exit in run (node_modules/tool/cli.js:4).',
    );
    const fired = timer('3', { state: 'running' });
    assert.deepEqual(report([main, connection('2'), fired], ending), [
      'The program called process.exit in main (main.js:4).',
      'What would have kept it running:',
      '  TCP connection  db.js:2',
    ]);
  });

  it('tells what kept a program running that was killed, and folds what did not', () => {
    const loose = timer('3', { keepsAlive: false, unref: true });
    assert.deepEqual(report([connection('2'), loose, timer('4')], undefined, { signal: 'SIGINT' }), [
      'What kept it running:',
      '  setInterval 200 ms  1.2 s  jobs.js:4',
      '  TCP connection  db.js:2',
      "  1 other unref'd: they did not keep it",
    ]);
    assert.deepEqual(report([loose], undefined, { signal: 'SIGINT' }), []);
  });

  it('does not take for waiting, or for what keeps it, what may have gone on when the program was killed', () => {
    const due = timer('2', { name: 'setTimeout 100 ms', detail: 'due' });
    const main = task('1', 'main', { awaits: ['2'] });
    assert.deepEqual(report([main, due], undefined, { signal: 'SIGTERM' }), []);
    const late = timer('2', { name: 'setTimeout 100 ms', detail: '20 ms left' });
    assert.equal(report([main, late], undefined, { signal: 'SIGTERM' }).length, 6);
    assert.equal(report([timer('3', { detail: 'due' })], undefined, { signal: 'SIGTERM' }).length, 2);
    assert.deepEqual(report([late], undefined, { signal: 'SIGTERM', wasBlocked: true }), []);
  });

  it('tells nothing of the time after the connection was lost', () => {
    const told = report([STUCK, timer('2')], undefined, { unseenMs: 1100 });
    assert.deepEqual(told, [
      'The connection to the program was lost 1.1 s before its end: what came then is not known.',
    ]);
    assert.deepEqual(
      report([STUCK], { by: 'itself' }, { unseenMs: 1100 }).length,
      3,
      'it has said how it ends',
    );
  });

  it('says so where it knows nothing', () => {
    const without = 'The program ended without a last word: what it waited for is not known.';
    assert.deepEqual(report([STUCK], undefined), [without]);
    assert.deepEqual(reportOf([processOf([], { node: '', state: 'ended' })]), [
      'The program ended before it could be asked: nothing is known of it.',
    ]);
  });

  it('says why a program could not be watched, and no more', () => {
    const old = processOf([STUCK], { state: 'unavailable', note: 'too old' });
    assert.deepEqual(reportOf([old]), ['shop: too old']);
  });

  it('tells of workers what they waited for at their own ends', () => {
    const main = processOf([], { state: 'ended', ending: { by: 'itself' } });
    const worker = { session: 's1/worker-1', parent: 's1', name: 'worker 1', state: 'ended' } as const;
    const ended = processOf([STUCK], { ...worker, ending: { by: 'itself' } });
    assert.match(reportOf([main, ended]).join('\n'), /^At its end .*\nworker 1 {2}ended\n {2}load/);
    assert.deepEqual(reportOf([main, processOf([STUCK], worker)]), [], 'it was not heard at its end');
  });

  it('says what of a program that still waited was not recorded', () => {
    const dropped = { records: 0, sites: 9_000, promises: 4_000 };
    const process = processOf([STUCK], { state: 'ended', ending: { by: 'itself' }, dropped });
    assert.deepEqual(reportOf([process]), [
      'At its end the program still waited for:',
      'shop  ended · 1 task shown, at least 4,000 pending promises not recorded',
      '  load  awaiting · 1.2 s  load.js:3',
      'shop: 9,000 of its promises and places not recorded, to keep the program fast; at least 4,000 of these promises have not settled',
    ]);
    assert.deepEqual(reportOf([{ ...process, tasks: [] }]), [], 'there is nothing that it is a part of');
  });

  it('counts very many by their places, and the places that are too many', () => {
    const tasks = Array.from({ length: 200 }, (_, n) =>
      task(String(n), `job${n % 50}`, { definedAt: place(`/shop/job.js:${n % 50}`) }),
    );
    assert.match(report(tasks, { by: 'itself' }).join('\n'), /\n {2}120 more {2}job/);
  });

  it('counts very many of one place', () => {
    const tasks = Array.from({ length: 200 }, (_, n) => ({ ...STUCK, id: String(n) }));
    assert.match(report(tasks, { by: 'itself' }).join('\n'), /load {2}×200/);
  });
});
