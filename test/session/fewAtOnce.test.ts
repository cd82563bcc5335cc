import assert from 'node:assert/strict';
import { FewAtOnce } from '../../src/session/fewAtOnce.js';

/** Work that ends when it is told to. */
function openWork(): { work: () => Promise<string>; end: () => void; begun: () => boolean } {
  let end = (): void => {};
  let hasBegun = false;
  const done = new Promise<string>((resolve) => {
    end = () => {
      resolve('done');
    };
  });
  const work = (): Promise<string> => {
    hasBegun = true;
    return done;
  };
  return { work, end, begun: () => hasBegun };
}

const never = (): Promise<string> => new Promise(() => {});

describe('FewAtOnce', () => {
  it('lets work wait for a place, and does not count the waiting as time', async () => {
    const few = new FewAtOnce(1, 60_000);
    const first = openWork();
    const second = openWork();
    const results = [few.run(first.work), few.run(second.work)];
    while (!first.begun()) await Promise.resolve();
    assert.equal(second.begun(), false);
    first.end();
    assert.equal(await results[0], 'done');
    second.end();
    assert.equal(await results[1], 'done');
  });

  it('gives nothing for work that fails, and goes on', async () => {
    const few = new FewAtOnce(1, 60_000);
    assert.equal(await few.run(() => Promise.reject<string>(new Error('no'))), undefined);
    assert.equal(await few.run(() => Promise.resolve(1)), 1);
  });

  it('lets nobody wait for a place that never comes free', async () => {
    const few = new FewAtOnce(2, 1);
    const results = await Promise.all(Array.from({ length: 10 }, () => few.run(never)));
    assert.deepEqual(new Set(results), new Set([undefined]));
    assert.equal(await few.run(() => Promise.resolve(1)), undefined);
  });

  it('has a place again when what was late has ended', async () => {
    const few = new FewAtOnce(1, 1);
    const late = openWork();
    assert.equal(await few.run(late.work), undefined);
    late.end();
    await late.work();
    await Promise.resolve();
    assert.equal(await few.run(() => Promise.resolve(1)), 1);
  });
});
