import { ProtocolError } from '../../src/model/wire/protocolError.js';
import { readPoll } from '../../src/model/wire/wireReader.js';
import { type Attack, UNSEEN } from './attack.js';

const POLL = {
  kind: 'poll',
  seq: 1,
  nowMs: 1,
  scripts: [],
  sites: [],
  entries: { rows: '', words: [] },
  ended: [],
  settled: 0,
  blocks: [],
  more: false,
  dropped: { records: 0, sites: 0 },
  loop: { idleMs: 1, turnMaxMs: 1, turns: 1 },
};

/** What no agent sends. */
const POLLS: Readonly<Record<string, () => unknown>> = {
  nothing: () => null,
  'a list': () => [],
  'another kind': () => ({ ...POLL, kind: '\x1b[31m' }),
  'a time without end': () => ({ ...POLL, nowMs: Infinity }),
  'a number of another sort': () => ({ ...POLL, seq: 1.5 }),
  'a sparse list': () => ({ ...POLL, ended: new Array(5e6) }),
  'too many blocks': () => ({ ...POLL, blocks: new Array(20_000).fill({}) }),
  'too many frames': () => ({ ...POLL, turn: { stack: new Array(1e5).fill({}) } }),
  'too many words': () => ({ ...POLL, entries: { rows: '', words: new Array(2e5).fill({}) } }),
  'entries that are none': () => ({ ...POLL, entries: { rows: '\x1b[31m', words: [] } }),
  'waits without end': () => ({ ...POLL, entries: { rows: 'BpAAg//////A', words: [] } }),
  'a place that is not there': () => ({ ...POLL, blocks: [{ seq: 1, site: 9 }] }),
  'a prototype': () => JSON.parse('{"__proto__":{"kind":"poll"},"seq":1}') as unknown,
};

export const messages: readonly Attack[] = Object.entries(POLLS).map(([what, make]) => ({
  name: `an update that is or has ${what}`,
  run: () => {
    try {
      readPoll(make(), { scripts: 0, sites: 0 });
    } catch (error) {
      if (!(error instanceof ProtocolError)) return `threw ${String(error)}`;
      return UNSEEN.test(error.message) ? 'the note is not plain' : undefined;
    }
    return 'was taken';
  },
}));
