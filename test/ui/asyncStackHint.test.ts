import assert from 'node:assert/strict';
import type { ProcessSnapshot } from '../../src/protocol/snapshot.js';
import { AsyncStackHint, type AsyncStackHintSources } from '../../src/ui/sessions/asyncStackHint.js';

class Memory {
  readonly values = new Map<string, unknown>();
  get(key: string): unknown {
    return this.values.get(key);
  }
  update(key: string, value: unknown): void {
    this.values.set(key, value);
  }
}

const BUSY: ProcessSnapshot = {
  session: 's1',
  name: 'server.js',
  pid: 1,
  threadId: 0,
  node: 'v24.0.0',
  state: 'running',
  tasks: [],
  warnings: [],
  loop: {
    utilization: 1,
    lagMs: { p50: 0, p99: 0, max: 0 },
    perSecond: { promises: 100_000, resources: 10_000 },
  },
  dropped: { records: 0, sites: 0 },
};

function hint(
  changed: Partial<AsyncStackHintSources> = {},
  memory = { workspaceState: new Memory(), globalState: new Memory() },
): AsyncStackHint {
  return new AsyncStackHint({
    areOnByDefault: () => true,
    hasBreakpoints: () => false,
    run: () => 'run 1',
    captureUs: () => 1,
    ...memory,
    ...changed,
  });
}

describe('The hint on async stacks', () => {
  it('is given for a busy program that has them by default', () => {
    assert.notEqual(hint().times(BUSY), undefined);
  });

  it('is not given where it would change nothing or is not known', () => {
    assert.equal(hint({ areOnByDefault: () => false }).times(BUSY), undefined);
    assert.equal(hint({ hasBreakpoints: () => true }).times(BUSY), undefined);
    assert.equal(hint().times({ ...BUSY, state: 'paused' }), undefined);
    assert.equal(hint().times({ ...BUSY, loop: { ...BUSY.loop, utilization: 0.1 } }), undefined);
  });

  it('is given in one run of a workspace, for as long as that lasts', () => {
    const workspaceState = new Memory();
    let run = 'run 1';
    const first = hint({ run: () => run, workspaceState });
    first.shown(BUSY);
    assert.notEqual(first.times(BUSY), undefined);
    run = 'run 2';
    assert.equal(first.times(BUSY), undefined);
    assert.equal(hint({ workspaceState }).times(BUSY), undefined);
    assert.notEqual(hint().times(BUSY), undefined, 'in another workspace');
  });

  it('is never given again once it was dismissed', () => {
    const globalState = new Memory();
    const dismissed = hint({ globalState });
    dismissed.dismiss();
    assert.equal(dismissed.times(BUSY), undefined);
    assert.equal(hint({ globalState }).times(BUSY), undefined);
  });
});
