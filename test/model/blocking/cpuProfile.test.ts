import assert from 'node:assert/strict';
import { cpuProfile, type CpuProfile } from '../../../src/model/blocking/cpuProfile.js';
import { frame, plainSites } from '../../support/wire.js';

const resolve = plainSites.resolve.bind(plainSites);

function stack(...frames: string[]) {
  return frames.map(frame);
}

/** Each sample with its path from the root, and the time until the next. */
function timeline({ nodes, samples, timeDeltas, startTime, endTime }: CpuProfile): string[] {
  const path = (id: number): string => {
    const node = nodes.find((one) => one.id === id);
    const parent = nodes.find(({ children }) => children.includes(id));
    return `${parent ? `${path(parent.id)} > ` : ''}${node?.callFrame.functionName}`;
  };
  const starts = timeDeltas.map((_, position) =>
    timeDeltas.slice(0, position + 1).reduce((sum, us) => sum + us, startTime),
  );
  return samples.map((id, i) => `${path(id)} ${(starts[i + 1] ?? endTime) - (starts[i] ?? 0)}`);
}

describe('cpuProfile', () => {
  it('lets each stretch last as long as it did, below what called it', () => {
    const profile = cpuProfile(
      2,
      [
        { ms: 25, frames: stack('parse /a.ts:88', 'handle /a.ts:5') },
        { ms: 30.5, frames: stack('read /b.ts:3', 'handle /a.ts:6') },
        { ms: 4, frames: [] },
      ],
      resolve,
    );
    assert.deepEqual(timeline(profile), [
      '(root) > handle > parse 25000',
      '(root) > handle > read 30500',
      '(root) > (program) 4000',
    ]);
    assert.equal(profile.startTime, 2000);
    assert.equal(profile.endTime, 61_500);
  });

  it('puts a function at the line that took longest, counted from 0, with the samples of its own lines', () => {
    const { nodes } = cpuProfile(
      0,
      [
        { ms: 10, frames: stack('parse /a.ts:88') },
        { ms: 50, frames: stack('parse /a.ts:90') },
        { ms: 10, frames: stack('parse /a.ts:88') },
      ],
      resolve,
    );
    assert.equal(nodes.length, 2);
    assert.deepEqual(nodes[1], {
      id: 2,
      callFrame: { functionName: 'parse', scriptId: '0', url: '/a.ts', lineNumber: 89, columnNumber: 4 },
      hitCount: 3,
      children: [],
      positionTicks: [
        { line: 88, ticks: 2 },
        { line: 90, ticks: 1 },
      ],
    });
  });

  it('keeps functions without a name apart by their lines', () => {
    const { nodes } = cpuProfile(
      0,
      [
        { ms: 10, frames: stack('/a.ts:1') },
        { ms: 10, frames: stack('/a.ts:2') },
      ],
      resolve,
    );
    assert.deepEqual(
      nodes.map(({ callFrame }) => callFrame.lineNumber),
      [-1, 0, 1],
    );
  });

  it('asks for the original source of each place', () => {
    const { nodes } = cpuProfile(0, [{ ms: 1, frames: stack('f /dist/a.js:9') }], (generated) => ({
      ...generated,
      file: '/src/a.ts',
      line: 3,
    }));
    assert.equal(nodes[1]?.callFrame.url, '/src/a.ts');
    assert.equal(nodes[1].callFrame.lineNumber, 2);
  });
});
