import assert from 'node:assert/strict';
import { type CpuProfile, readProfile } from '../../src/agent/profileReader.js';

interface NodeText {
  name: string;
  url?: string;
  line?: number;
  children?: number[];
  ticks?: Record<number, number>;
}

/** A profile from its nodes, which count from 1, and one sample each 10 ms from `startMs` on. */
function profileOf(nodes: NodeText[], samples: number[], startMs = 0): CpuProfile {
  return {
    nodes: nodes.map(({ name, url = '', line = 1, children = [], ticks = {} }, position) => ({
      id: position + 1,
      callFrame: { functionName: name, url, lineNumber: line - 1, columnNumber: 0 },
      children,
      positionTicks: Object.entries(ticks).map(([at, count]) => ({ line: Number(at), ticks: count })),
    })),
    startTime: startMs * 1000,
    endTime: (startMs + samples.length * 10) * 1000,
    samples,
    timeDeltas: samples.map((_, position) => (position === 0 ? 0 : 10_000)),
  };
}

/** Times in milliseconds. */
function read(profile: CpuProfile, fromMs = 0, toMs = 1000): ReturnType<typeof readProfile> {
  return readProfile(profile, fromMs * 1000, toMs * 1000, 12_000);
}

const NODES: NodeText[] = [
  { name: '(root)', children: [2, 5, 6] },
  { name: 'main', url: 'file:///shop/a%20b.js', line: 3, children: [3] },
  { name: 'load', url: 'file:///shop/a%20b.js', line: 20, children: [4], ticks: { 22: 4 } },
  { name: 'readFileUtf8', url: '', line: 0, ticks: { 440: 3 } },
  { name: '(garbage collector)' },
  { name: '(idle)' },
];

describe('readProfile', () => {
  it('tells the line of the function that ran, and where its callers begin', () => {
    const { places, sampledMs } = read(profileOf(NODES, [3, 3, 3, 3]));
    assert.equal(sampledMs, 42, 'the last sample counts as long as one may');
    assert.deepEqual(places, [
      {
        ms: 42,
        line: true,
        frames: [
          { url: '/shop/a b.js', line: 22, column: 1, function: 'load' },
          { url: '/shop/a b.js', line: 3, column: 1, function: 'main' },
        ],
      },
    ]);
  });

  it('knows no line of a function that only called something native', () => {
    const [place] = read(profileOf(NODES, [4, 4, 4])).places;
    assert.equal(place?.line, false);
    assert.equal(place.frames[1]?.line, 20);
  });

  it('takes only what is within the time', () => {
    const profile = profileOf(NODES, [3, 3, 3, 3, 4, 4, 4], 100);
    const { places } = read(profile, 140, 170);
    assert.deepEqual(
      places.map(({ frames }) => frames[0]?.function),
      ['readFileUtf8'],
    );
  });

  it('knows no line where the ticks of another time may be the more', () => {
    const nodes = NODES.map((node) => (node.name === 'load' ? { ...node, ticks: { 22: 4, 30: 40 } } : node));
    assert.equal(read(profileOf(nodes, [3, 3, 3, 3])).places[0]?.line, false);
  });

  it('counts garbage collection apart, and idleness not at all', () => {
    const { gcMs, sampledMs, places } = read(profileOf(NODES, [5, 5, 6, 6, 6]));
    assert.equal(gcMs, 20);
    assert.equal(sampledMs, 20);
    assert.deepEqual(places, []);
  });

  it('counts a gap between samples as one sample: the process was stopped', () => {
    const profile = profileOf(NODES, [3, 3]);
    profile.timeDeltas = [0, 700_000];
    assert.equal(read(profile).sampledMs, 24);
  });

  it('leaves out the question itself', () => {
    const nodes: NodeText[] = [
      { name: '(root)', children: [2] },
      { name: 'main', url: 'file:///a.js', children: [3] },
      { name: '', url: 'node-async-debugger-beat.cdp', ticks: { 1: 2 } },
    ];
    assert.deepEqual(read(profileOf(nodes, [3, 3])).places, []);
  });
});
