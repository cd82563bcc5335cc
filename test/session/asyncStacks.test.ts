import assert from 'node:assert/strict';
import {
  areOnFromStart,
  type AsyncStacks,
  saysAsyncStacks,
  withAsyncStacks,
} from '../../src/session/asyncStacks.js';
import type { LaunchConfiguration } from '../../src/session/injection.js';

const ONCE = { onceBreakpointResolved: 32 };

describe('withAsyncStacks', () => {
  const cases: {
    it: string;
    config?: LaunchConfiguration;
    wanted: AsyncStacks;
    isWritten?: boolean;
    shown: unknown;
  }[] = [
    { it: 'leaves them as they are by default', wanted: 'asConfigured', shown: undefined },
    { it: 'has them from the first breakpoint on', wanted: 'onceBreakpoint', shown: ONCE },
    {
      it: 'takes the place of what the debugger has filled in',
      config: { showAsyncStacks: true },
      wanted: 'onceBreakpoint',
      shown: ONCE,
    },
    { it: 'has none', config: { showAsyncStacks: true }, wanted: 'off', shown: false },
    { it: 'does so where it is attached', config: { request: 'attach' }, wanted: 'off', shown: false },
    {
      it: 'keeps what is written, even where that is the default',
      config: { showAsyncStacks: true },
      wanted: 'off',
      isWritten: true,
      shown: true,
    },
    {
      it: 'keeps what is no default, whoever wrote it',
      config: { showAsyncStacks: { onAttach: 8 } },
      wanted: 'off',
      shown: { onAttach: 8 },
    },
    {
      it: 'keeps those of a terminal, which come with a breakpoint',
      config: { showAsyncStacks: { onceBreakpointResolved: 16 } },
      wanted: 'onceBreakpoint',
      shown: { onceBreakpointResolved: 16 },
    },
    {
      it: 'has none in a terminal',
      config: { showAsyncStacks: { onceBreakpointResolved: 16 } },
      wanted: 'off',
      shown: false,
    },
    {
      it: 'leaves a program alone that opts out',
      config: { asyncDebugger: false, showAsyncStacks: true },
      wanted: 'off',
      shown: true,
    },
    {
      it: 'leaves the sessions of its processes alone',
      config: { __pendingTargetId: '1', showAsyncStacks: true },
      wanted: 'off',
      shown: true,
    },
  ];
  for (const { it: title, config = {}, wanted, isWritten = false, shown } of cases) {
    it(title, () => {
      const before = structuredClone(config);
      assert.deepEqual(withAsyncStacks(config, wanted, isWritten).showAsyncStacks, shown);
      assert.deepEqual(config, before);
    });
  }
});

describe('areOnFromStart', () => {
  it('knows what the debugger takes for it', () => {
    for (const showAsyncStacks of [undefined, true, { onAttach: 32 }])
      assert.equal(areOnFromStart({ showAsyncStacks }), true);
    for (const showAsyncStacks of [false, { onceBreakpointResolved: 32 }, { onAttach: 0 }])
      assert.equal(areOnFromStart({ showAsyncStacks }), false);
  });
});

describe('saysAsyncStacks', () => {
  it('finds it in the configuration of that name, also for one system alone', () => {
    const configurations = [
      { name: 'silent', type: 'node' },
      { name: 'says', type: 'node', showAsyncStacks: true },
      { name: 'on one system', type: 'node', osx: { showAsyncStacks: false } },
    ];
    assert.equal(saysAsyncStacks(configurations, 'silent'), false);
    assert.equal(saysAsyncStacks(configurations, 'other'), false);
    assert.equal(saysAsyncStacks(configurations, 'says'), true);
    assert.equal(saysAsyncStacks(configurations, 'on one system'), true);
  });

  it('finds nothing in what is no list of configurations', () => {
    for (const value of [undefined, null, {}, [null, 'says', 3]])
      assert.equal(saysAsyncStacks(value, 'says'), false);
  });
});
