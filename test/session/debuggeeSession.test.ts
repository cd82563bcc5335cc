import assert from 'node:assert/strict';
import type { Logger } from '../../src/base/logger.js';
import { CdpClient } from '../../src/cdp/client.js';
import { Debuggee } from '../../src/model/debuggee.js';
import type { Ending, ProcessSnapshot } from '../../src/protocol/snapshot.js';
import { ENDING, PROTOCOL_VERSION } from '../../src/protocol/wire.js';
import { DebuggeeSession, type DebuggeeSessionOptions } from '../../src/session/debuggeeSession.js';
import { FakeClock, settle } from '../support/fakeClock.js';
import { ScriptedAgent } from '../support/scriptedAgent.js';
import { entry, frame, hello, plainSites, sentPoll, turn, site } from '../support/wire.js';

/** What the session logs as an error is a mistake of ours. */
const strictLogger: Logger = {
  debug() {},
  info() {},
  warn() {},
  error(message, error) {
    throw new Error(message, { cause: error });
  },
};

interface Setup {
  agent: ScriptedAgent;
  debuggee: Debuggee;
  session: DebuggeeSession;
  clock: FakeClock;
  changes: () => number;
  snapshot: () => ProcessSnapshot;
}

function setUp(agent = new ScriptedAgent(), options: Partial<DebuggeeSessionOptions> = {}): Setup {
  const clock = new FakeClock();
  const debuggee = new Debuggee({ session: 's1', name: 'shop' }, plainSites, (error) =>
    assert.fail(String(error)),
  );
  const session = new DebuggeeSession(
    new CdpClient(agent.transport, strictLogger),
    debuggee,
    { settings: { thresholdMs: 100, siteBudget: 0.1 }, pollMs: 100, agentVersion: '0.2.0', ...options },
    clock,
    strictLogger,
  );
  let changes = 0;
  session.onDidChange(() => changes++);
  return {
    agent,
    debuggee,
    session,
    clock,
    changes: () => changes,
    snapshot: () => debuggee.snapshot(clock.nowMs()),
  };
}

async function started(agent?: ScriptedAgent, options?: Partial<DebuggeeSessionOptions>): Promise<Setup> {
  const setup = setUp(agent, options);
  await setup.session.start();
  return setup;
}

function taskNames({ tasks }: ProcessSnapshot): string[] {
  return tasks.map((task) => task.name);
}

describe('DebuggeeSession', () => {
  it('subscribes, adds the binding and shakes hands before the first poll', async () => {
    const { agent, snapshot } = await started();
    const methods = agent.transport.sent.map(({ method }) => method);
    assert.deepEqual(methods.slice(0, 2), ['JsDebug.subscribe', 'Runtime.addBinding']);
    assert.deepEqual(agent.calls, ['probe', 'connect', 'poll']);
    assert.deepEqual(agent.settings, [{ thresholdMs: 100, siteBudget: 0.1 }]);
    assert.equal(snapshot().state, 'running');
  });

  it('evaluates silently, by value, in scripts that the debugger takes for internal', async () => {
    const { agent } = await started();
    for (const { params } of agent.transport.sent.filter(({ method }) => method === 'Runtime.evaluate')) {
      assert.equal(params['silent'], true);
      assert.equal(params['returnByValue'], true);
      assert.equal(params['generatePreview'], false);
      assert.equal(params['disableBreaks'], true);
      assert.match(String(params['expression']), /\n\/\/# sourceURL=[\w-]+\.cdp$/);
    }
  });

  it('shows tasks, and tells of changes only when there are some', async () => {
    const agent = new ScriptedAgent();
    agent.polls.push({ entries: [entry(1, 'checkout')] });
    const { clock, changes, snapshot } = await started(agent);
    assert.deepEqual(taskNames(snapshot()), ['checkout']);
    const before = changes();
    await clock.pass(500);
    assert.equal(changes(), before);
    agent.polls.push({ ended: [1] });
    await clock.pass(100);
    assert.equal(changes(), before + 1);
    await clock.pass(2000);
    assert.equal(changes(), before + 3, 'ages are told of every second');
  });

  it('tells of synchronous calls at once', async () => {
    const agent = new ScriptedAgent();
    const { clock, changes } = await started(agent);
    const before = changes();
    const syncCalls = [{ call: 'fs.statSync', site: 0, count: 1, totalUs: 5, worstUs: 5 }];
    agent.polls.push({ scripts: ['a.js'], sites: [site(1)], syncCalls });
    await clock.pass(100);
    assert.equal(changes(), before + 1);
  });

  it('asks again at once while there is more, but takes a breath', async () => {
    const agent = new ScriptedAgent();
    for (let count = 0; count < 30; count++) agent.polls.push({ more: true });
    const { clock } = await started(agent);
    assert.equal(agent.seq, 20);
    await clock.pass(100);
    assert.equal(agent.seq, 31);
  });

  it('has one poll in flight, and says that the program is blocked while it is unanswered', async () => {
    const { agent, clock, changes, snapshot } = await started();
    agent.isStuck = true;
    const before = changes();
    await clock.pass(1000);
    assert.equal(snapshot().state, 'running', 'most native calls return sooner');
    await clock.pass(500);
    const { state, blocked } = snapshot();
    assert.equal(state, 'blocked');
    assert.ok(blocked && blocked.durationMs >= 1_300);
    assert.ok(changes() >= before + 7, 'the number grows');
    const polls = agent.transport.sent.filter(({ params }) =>
      /\.poll\(\)/.test(String(params['expression'])),
    );
    assert.equal(polls.length, 2);
    agent.free();
    await settle();
    assert.equal(snapshot().state, 'running');
    await clock.pass(200);
    assert.equal(agent.seq, 4);
  });

  it('tells of every poll while the program is blocked in JavaScript', async () => {
    const { agent, clock, changes, snapshot } = await started();
    const stack = [{ url: '/shop/report.js', line: 88, column: 1, function: 'parseReport' }];
    for (let poll = 2; poll <= 4; poll++) {
      agent.polls.push({ nowMs: poll * 100, turn: turn({ startedMs: 50, stack }) });
    }
    const before = changes();
    await clock.pass(150);
    assert.equal(changes(), before + 3);
    assert.equal(snapshot().blocked?.site?.line, 88);
  });

  it('lets a pause that is asked for during a long turn not be lost in a question', async () => {
    const { agent, clock } = await started();
    agent.polls.push({ nowMs: 200, turn: turn({ startedMs: 150 }) });
    await clock.pass(125);
    const polls = agent.transport.sent.filter(({ params }) =>
      /\.poll\(\)/.test(String(params['expression'])),
    );
    assert.deepEqual(
      polls.map(({ params }) => params['disableBreaks']),
      [true, true, false],
    );
  });

  it('asks nothing while the program is being stopped', async () => {
    const { agent, session, clock } = await started();
    let before = 0;
    const stopped = session.undisturbed(() => {
      before = agent.seq;
      return Promise.resolve();
    });
    await clock.pass(500);
    assert.equal(agent.seq, before);
    agent.transport.event('Debugger.paused', {});
    await stopped;
    await settle();
    assert.ok(agent.seq > before, 'it is looked at where it stopped');
    agent.transport.event('Debugger.resumed', {});
    const resumed = agent.seq;
    await clock.pass(300);
    assert.ok(agent.seq >= resumed + 3);
  });

  it('asks again when the program does not stop, and when the debugger refuses to stop it', async () => {
    const { agent, session, clock } = await started();
    const stopped = session.undisturbed(() => Promise.resolve());
    await clock.pass(1_000);
    await stopped;
    const before = agent.seq;
    await clock.pass(200);
    assert.equal(agent.seq, before + 2);
    await assert.rejects(
      session.undisturbed(() => Promise.reject(new Error('no'))),
      /no/,
    );
    await clock.pass(200);
    assert.equal(agent.seq, before + 4);
  });

  it('looks again soon after the first stack of a turn', async () => {
    const { agent, clock } = await started();
    const stack = [{ url: '/shop/report.js', line: 88, column: 1, function: 'parseReport' }];
    for (let poll = 2; poll <= 4; poll++)
      agent.polls.push({ nowMs: poll * 100, turn: turn({ startedMs: 50, stack }) });
    const before = agent.seq;
    await clock.pass(100);
    assert.equal(agent.seq, before + 1);
    await clock.pass(10);
    assert.equal(agent.seq, before + 2);
    await clock.pass(20);
    assert.equal(agent.seq, before + 2);
    await clock.pass(5);
    assert.equal(agent.seq, before + 3);
  });

  it('looks again soon where a stack shows nothing of the program', async () => {
    const { agent, clock } = await started();
    const stack = [{ url: 'node:internal/process/task_queues', line: 9, column: 1, function: 'runTicks' }];
    for (let poll = 2; poll <= 4; poll++)
      agent.polls.push({ nowMs: poll * 100, turn: turn({ startedMs: 50, stack }) });
    const before = agent.seq;
    await clock.pass(120);
    assert.equal(agent.seq, before + 3);
  });

  it('looks more often while a turn goes on', async () => {
    const { agent, clock } = await started();
    agent.polls.push({ nowMs: 200, turn: turn({ startedMs: 190 }) });
    await clock.pass(100);
    const before = agent.seq;
    await clock.pass(25);
    assert.equal(agent.seq, before + 1);
    await clock.pass(50);
    assert.equal(agent.seq, before + 1, 'the turn is over');
  });

  it('connects again after a gap, and shows what the agent then tells', async () => {
    const { agent, clock, snapshot } = await started();
    agent.polls.push({ seq: 9 });
    await clock.pass(100);
    assert.deepEqual(agent.calls, ['probe', 'connect', 'poll', 'poll', 'probe', 'connect']);
    agent.polls.push({ entries: [entry(7, 'checkout')] });
    await clock.pass(100);
    assert.deepEqual(taskNames(snapshot()), ['checkout']);
  });

  it('connects again when the agent throws, but not for ever', async () => {
    const { agent, clock, snapshot } = await started();
    for (let count = 0; count < 20; count++) agent.polls.push(new TypeError('undefined is not a function'));
    await clock.pass(2000);
    assert.equal(snapshot().state, 'unavailable');
    assert.match(snapshot().note ?? '', /does not answer in order: restart the program/);
    assert.equal(agent.calls.filter((call) => call === 'connect').length, 6);
    assert.equal(clock.timerCount, 0);
  });

  it('asks on where the program has used up its stack, however often', async () => {
    const { agent, clock, snapshot } = await started();
    const edge = new RangeError('Maximum call stack size exceeded');
    for (let count = 0; count < 20; count++) agent.polls.push(edge);
    agent.polls.push({ entries: [entry(1, 'recover')] });
    await clock.pass(3000);
    assert.equal(snapshot().state, 'running');
    assert.deepEqual(taskNames(snapshot()), ['recover']);
    assert.equal(agent.calls.filter((call) => call === 'connect').length, 1);
  });

  it('waits for the last message where its question came in the middle of it', async () => {
    const { agent, clock, snapshot } = await started();
    for (let count = 0; count < 20; count++) agent.polls.push(new Error(ENDING));
    await clock.pass(1000);
    assert.equal(snapshot().state, 'running');
    assert.equal(agent.calls.filter((call) => call === 'connect').length, 1);
    agent.finalUpdate({ entries: [entry(1, 'last')] }, 3);
    await clock.pass(100);
    assert.equal(snapshot().state, 'ended');
    assert.equal(snapshot().ending?.code, 3);
  });

  it('knows nothing of an end whose last message has no meaning', async () => {
    const { agent, clock, snapshot } = await started();
    agent.finalUpdate({ entries: [entry(1, 'last')], ended: 'all' as unknown as number[] }, 0);
    await clock.pass(100);
    assert.equal(snapshot().ending, undefined);
  });

  it('says so where the program sends more than is taken, and does not try again', async () => {
    const { agent, clock, snapshot } = await started(undefined, {
      reconnect: () => assert.fail('connected again'),
    });
    agent.transport.close('a message was too large');
    await clock.pass(10_000);
    assert.equal(snapshot().state, 'unavailable');
    assert.equal(
      snapshot().note,
      'The program sent more at once than the debugger takes: restart the program.',
    );
  });

  it('says that it is no program where an answer has no meaning', async () => {
    for (const probe of [{}, { runtime: 'node', agent: {} }, { runtime: '\x1b[31m' }]) {
      const agent = new ScriptedAgent();
      agent.probe = probe as ScriptedAgent['probe'];
      const { snapshot } = await started(agent);
      assert.equal(
        snapshot().note,
        'The program cannot be asked (probe gave no answer that is understood): start it again.',
      );
    }
  });

  it('ends the view at a malformed poll, with a word, and nothing else', async () => {
    for (const text of ['{', 'null', '[]', '{"kind":"poll","seq":2}', '"x"']) {
      const { agent, clock, snapshot } = await started();
      for (let count = 0; count < 20; count++) agent.polls.push(text);
      await clock.pass(2000);
      assert.equal(snapshot().state, 'unavailable', text);
      assert.match(snapshot().note ?? '', /sent something .*restart the program/i);
    }
  });

  it('waits for an agent that a young thread has not loaded yet', async () => {
    const agent = new ScriptedAgent();
    delete agent.probe.agent;
    const { session, clock, snapshot } = setUp(agent);
    const start = session.start();
    await clock.pass(500);
    assert.equal(snapshot().state, 'connecting');
    agent.probe.agent = { protocol: PROTOCOL_VERSION, version: '0.1.0' };
    await clock.pass(100);
    await start;
    assert.equal(snapshot().state, 'running');
  });

  const unavailable: { it: string; probe: ScriptedAgent['probe']; note: RegExp }[] = [
    {
      it: 'an agent of another version',
      probe: { agent: { protocol: 7, version: '9.9.9' }, node: 'v22.0.0', runtime: 'node' },
      note: /started by version 9\.9\.9 of the extension, this is version 0\.2\.0: restart the program\./,
    },
    { it: 'no agent', probe: { node: 'v22.0.0', runtime: 'node' }, note: /agent was not loaded/ },
    { it: 'an old Node', probe: { node: 'v16.20.0', runtime: 'node' }, note: /Node v16\.20\.0 is too old/ },
    { it: 'Deno', probe: { node: 'v20.0.0', runtime: 'Deno' }, note: /^Deno is not supported/ },
    { it: 'Bun', probe: { node: 'v20.0.0', runtime: 'Bun' }, note: /^Bun is not supported/ },
    { it: 'a browser', probe: { runtime: 'browser' }, note: /not a Node\.js program/ },
  ];
  for (const { it: title, probe, note } of unavailable) {
    it(`says in one line why there is nothing to show: ${title}`, async () => {
      const agent = new ScriptedAgent();
      agent.probe = probe;
      const { session, clock, snapshot } = setUp(agent);
      const start = session.start();
      await clock.pass(5000);
      await start;
      assert.equal(snapshot().state, 'unavailable');
      assert.match(snapshot().note ?? '', note);
      assert.doesNotMatch(snapshot().note ?? '', /\n/);
      assert.equal(clock.timerCount, 0);
    });
  }

  it('injects the agent where it is allowed to and it is absent', async () => {
    const agent = new ScriptedAgent();
    delete agent.probe.agent;
    agent.hello = { late: true };
    const { snapshot, session } = await started(agent, { inject: 'AGENT_SOURCE' });
    assert.match(agent.injected ?? '', /AGENT_SOURCE/);
    const evaluated = agent.transport.sent.find(({ params }) => params['includeCommandLineAPI'] === true);
    assert.ok(evaluated);
    assert.equal(snapshot().state, 'running');
    await session.withdraw();
    assert.equal(agent.calls.at(-1), 'stop');
  });

  it('does not inject twice, nor into an old Node', async () => {
    const { agent } = await started(new ScriptedAgent(), { inject: 'AGENT_SOURCE' });
    assert.equal(agent.injected, undefined);
    const old = new ScriptedAgent();
    old.probe = { node: 'v14.0.0', runtime: 'node' };
    const { snapshot } = await started(old, { inject: 'AGENT_SOURCE' });
    assert.equal(old.injected, undefined);
    assert.match(snapshot().note ?? '', /too old/);
  });

  it('takes the final update and the exit code', async () => {
    const endings: string[][] = [];
    const { agent, snapshot, clock } = await started(undefined, {
      beforeEnd: async () => {
        endings.push(taskNames(snapshot()));
        await Promise.resolve();
      },
    });
    agent.finalUpdate({ entries: [entry(1, 'forgotten')] }, 3);
    await settle();
    assert.deepEqual(endings, [['forgotten']]);
    assert.equal(snapshot().state, 'ended');
    assert.equal(snapshot().note, 'exited with code 3');
    assert.equal(clock.timerCount, 0);
  });

  it('knows all of a program that ends before it has answered, and asks it nothing more', async () => {
    const agent = new ScriptedAgent();
    const endings: string[][] = [];
    const { session, snapshot } = setUp(agent, {
      beforeEnd: () => Promise.resolve(void endings.push(taskNames(snapshot()))),
    });
    const start = session.start();
    agent.finalUpdate({ entries: [entry(1, 'forgotten')] }, 0, { hello: hello({ pid: 77 }) });
    await start;
    await settle();
    assert.deepEqual(endings, [['forgotten']]);
    assert.equal(snapshot().pid, 77);
    assert.equal(snapshot().note, 'exited with code 0');
    assert.ok(!agent.calls.includes('poll'));
  });

  it('takes what has ended with the final update out, though nobody can ask how', async () => {
    const agent = new ScriptedAgent();
    agent.polls.push({ entries: [entry(1, 'main'), entry(2, 'load')] });
    const endings: string[][] = [];
    const { snapshot, debuggee } = await started(agent, {
      beforeEnd: () => Promise.resolve(void endings.push(taskNames(snapshot()))),
    });
    debuggee.retentionMs = 10_000;
    agent.finalUpdate({ ended: [2], settled: 1 }, 0);
    await settle();
    assert.deepEqual(endings, [['main']]);
  });

  it('takes the words of several polls', async () => {
    const endings: string[][] = [];
    const { agent, snapshot } = await started(undefined, {
      beforeEnd: () => Promise.resolve(void endings.push(taskNames(snapshot()))),
    });
    const polls = [1, 2].map((n) =>
      sentPoll({ seq: agent.seq + n, entries: [entry(n, `waiter${n}`)], more: n === 1 }),
    );
    agent.finalUpdate({}, 0, { polls });
    await settle();
    assert.deepEqual(endings, [['waiter1', 'waiter2']]);
  });

  for (const [by, stack] of [
    ['itself', [frame('emit node:events:526')]],
    ['error', [frame('emit node:events:514'), frame(' node:internal/process/execution:166')]],
    [
      'process.exit',
      [
        frame('emit node:events:514'),
        frame('exit node:internal/process/per_thread:236'),
        frame('quit /shop/node_modules/tool/index.js:3'),
        frame('main /shop/main.js:7'),
      ],
    ],
  ] as const) {
    it(`tells that a program was ended by ${by}`, async () => {
      const endings: (Ending | undefined)[] = [];
      const { agent, snapshot } = await started(undefined, {
        beforeEnd: () => Promise.resolve(void endings.push(snapshot().ending)),
      });
      agent.finalUpdate({}, 4, { stack: [...stack] });
      await settle();
      const site = { file: '/shop/main.js', line: 7, column: 5, function: 'main' };
      assert.deepEqual(endings, [{ by, code: 4, ...(by === 'process.exit' ? { site } : {}) }]);
    });
  }

  it('asks for a final update that could not be sent', async () => {
    const { agent, session, snapshot } = await started();
    agent.last = { entries: [] };
    await session.atEnd();
    await settle();
    assert.equal(snapshot().state, 'ended');
    assert.equal(snapshot().note, 'exited with code 5');
    assert.equal(agent.calls.filter((name) => name === 'finalUpdate').length, 1);
    await session.atEnd();
    assert.equal(agent.calls.filter((name) => name === 'finalUpdate').length, 1);
  });

  it('takes a program in which no JavaScript runs any more for one that has ended', async () => {
    const agent = new ScriptedAgent();
    const { clock, snapshot } = await started(agent);
    agent.isAtEnd = true;
    await clock.pass(100);
    assert.equal(snapshot().state, 'ended');
    assert.equal(snapshot().note, undefined);
  });

  it('ends with the connection', async () => {
    const { agent, snapshot, clock } = await started();
    agent.transport.close('gone');
    assert.equal(snapshot().state, 'ended');
    await clock.pass(1000);
    assert.equal(clock.timerCount, 0);
  });

  it('ends with the program, though the proxy of the debugger stays open', async () => {
    const { agent, snapshot, clock } = await started();
    agent.isGone = true;
    await clock.pass(100);
    assert.equal(snapshot().state, 'ended');
    assert.equal(snapshot().note, undefined);
  });

  it('asks on where a script was ended in the middle of a question, and says nothing of it', async () => {
    const { agent, snapshot, clock } = await started();
    agent.isTerminated = true;
    await clock.pass(1000);
    assert.equal(snapshot().state, 'running');
    agent.isTerminated = false;
    agent.polls.push({ entries: [entry(1, 'goesOn')] });
    await clock.pass(1000);
    assert.deepEqual(taskNames(snapshot()), ['goesOn']);
  });

  it('ends with a worker that is made to end before it has answered', async () => {
    const agent = new ScriptedAgent();
    agent.isTerminated = true;
    const { snapshot } = await started(agent);
    assert.equal(snapshot().state, 'ended');
    assert.equal(snapshot().note, undefined);
  });

  it('ends while it is still connecting', async () => {
    const agent = new ScriptedAgent();
    delete agent.probe.agent;
    const { session, clock, snapshot } = setUp(agent);
    const start = session.start();
    await clock.pass(150);
    session.end('stopped');
    await clock.pass(5000);
    await start;
    assert.equal(snapshot().state, 'ended');
    assert.equal(snapshot().note, 'stopped');
  });

  it('follows the debugger pausing and resuming, with a poll at once', async () => {
    const { agent, snapshot } = await started();
    const before = agent.seq;
    agent.transport.event('Debugger.paused');
    await settle();
    assert.equal(snapshot().state, 'paused');
    assert.equal(agent.seq, before + 1);
    agent.transport.event('Debugger.resumed');
    assert.equal(snapshot().state, 'running');
  });

  it('finds a program that was paused before it was connected, until the debugger tells of it', async () => {
    let isPaused = true;
    const { agent, session, snapshot } = await started(undefined, { isPaused: () => isPaused });
    assert.equal(snapshot().state, 'paused');
    isPaused = false;
    session.lookWhetherPaused();
    assert.equal(snapshot().state, 'running');
    agent.transport.event('Debugger.paused');
    session.lookWhetherPaused();
    assert.equal(snapshot().state, 'paused');
  });

  it('asks a program for the task that it stands in', async () => {
    const { agent, session } = await started();
    assert.equal(await session.currentTask(), undefined);
    agent.current = 7;
    assert.equal(await session.currentTask(), 's1:7');
    session.end();
    assert.equal(await session.currentTask(), undefined);
  });

  it('knows that what it has been told is from before the program was paused', async () => {
    const { agent, session } = await started();
    assert.equal(session.isStale, false);
    agent.transport.event('Debugger.paused');
    assert.equal(session.isStale, true);
    await settle();
    assert.equal(session.isStale, false);
  });

  it('does not make a refresh wait for a program that does not answer', async () => {
    const { agent, session, clock } = await started();
    agent.isStuck = true;
    let isDone = false;
    void session.refresh().then(() => (isDone = true));
    await clock.pass(500);
    assert.equal(isDone, false);
    await clock.pass(600);
    assert.equal(isDone, true);
  });

  it('reads how tasks ended before the next poll, while they are kept', async () => {
    const { agent, session, clock, snapshot } = await started();
    agent.polls.push({ entries: [entry(1, 'early'), entry(2, 'checkout'), entry(3, 'pay')] });
    agent.polls.push({ ended: [1], settled: 1 });
    await clock.pass(200);
    assert.ok(!agent.calls.includes('settled'), 'nothing is kept');
    session.debuggee.retentionMs = 10_000;
    agent.polls.push({ ended: [2, 3], settled: 2 });
    agent.outcomes = [
      { id: 2, state: 'fulfilled', result: { type: 'number', value: '42' } },
      { id: 3, state: 'rejected', result: { type: 'object', subtype: 'error', value: 'Error: no\n at x' } },
    ];
    await clock.pass(100);
    assert.deepEqual(agent.calls.slice(-2), ['poll', 'settled']);
    assert.deepEqual(
      snapshot().tasks.map(({ name, state, result }) => [name, state, result]),
      [
        ['checkout', 'fulfilled', '42'],
        ['pay', 'rejected', 'Error: no'],
      ],
    );
    assert.equal(agent.transport.sent.at(-1)?.method, 'Runtime.releaseObjectGroup');
    await clock.pass(100);
    assert.equal(agent.calls.at(-1), 'poll');
  });

  it('goes on where results cannot be read', async () => {
    const { agent, session, clock, snapshot } = await started();
    session.debuggee.retentionMs = 10_000;
    agent.polls.push({ entries: [entry(1, 'checkout')] }, { ended: [1], settled: 1 });
    agent.outcomes = new Error('Cannot find context with specified id');
    await clock.pass(300);
    assert.equal(snapshot().state, 'running');
    assert.deepEqual(snapshot().tasks, []);
    assert.equal(agent.calls.at(-1), 'poll');
  });

  describe('that can reconnect', () => {
    async function lost(next: (ScriptedAgent | undefined)[]): Promise<Setup & { asked: () => number }> {
      let asked = 0;
      const first = new ScriptedAgent();
      first.polls.push({ entries: [entry(1, 'checkout')] });
      const setup = await started(first, {
        reconnect: () => {
          asked++;
          const agent = next.shift();
          return agent
            ? Promise.resolve(new CdpClient(agent.transport, strictLogger))
            : Promise.reject(new Error('refused'));
        },
      });
      first.transport.close('gone');
      await settle();
      return { ...setup, asked: () => asked };
    }

    it('connects again when the connection closes, and shows what the agent then tells', async () => {
      const again = new ScriptedAgent();
      again.polls.push({ entries: [entry(1, 'checkout')] });
      const { clock, snapshot, asked, session } = await lost([undefined, again]);
      assert.equal(snapshot().state, 'connecting');
      await clock.pass(600);
      assert.equal(asked(), 2);
      assert.equal(snapshot().state, 'running');
      assert.deepEqual(taskNames(snapshot()), ['checkout']);
      const methods = again.transport.sent.map(({ method }) => method);
      assert.deepEqual(methods.slice(0, 2), ['JsDebug.subscribe', 'Runtime.addBinding']);
      again.transport.event('Debugger.paused');
      assert.equal(snapshot().state, 'paused');
      await clock.pass(200);
      assert.ok(again.seq > 2, 'it polls on');
      session.dispose();
      assert.ok(again.transport.isClosed);
      assert.equal(clock.timerCount, 0);
    });

    it('ends after a few attempts in vain', async () => {
      const { clock, snapshot, asked } = await lost([]);
      await clock.pass(60_000);
      assert.equal(asked(), 5);
      assert.equal(snapshot().state, 'ended');
      assert.equal(clock.timerCount, 0);
    });

    it('ends when connections do not last', async () => {
      const agents = Array.from({ length: 20 }, () => new ScriptedAgent());
      const { clock, snapshot, asked } = await lost([...agents]);
      for (const agent of agents) {
        await clock.pass(1000);
        agent.transport.close('gone');
        await settle();
      }
      assert.equal(snapshot().state, 'ended');
      assert.equal(asked(), 5);
    });

    it('does not connect again after its end', async () => {
      const { clock, session, snapshot, asked } = await lost([new ScriptedAgent()]);
      session.end();
      await clock.pass(60_000);
      assert.equal(asked(), 0);
      assert.equal(snapshot().state, 'ended');
      assert.equal(clock.timerCount, 0);
    });

    it('lets go of a connection that comes too late', async () => {
      const late = new ScriptedAgent();
      let come = (_client: CdpClient): void => {};
      const reconnect = () => new Promise<CdpClient>((resolve) => (come = resolve));
      const { agent, clock, session } = await started(undefined, { reconnect });
      agent.transport.close('gone');
      await clock.pass(200);
      session.end();
      come(new CdpClient(late.transport, strictLogger));
      await settle();
      assert.ok(late.transport.isClosed);
      assert.deepEqual(late.calls, []);
    });
  });

  it('passes new settings on', async () => {
    const { agent, session } = await started();
    session.configure({ thresholdMs: 50, siteBudget: 0 });
    await settle();
    assert.deepEqual(agent.settings.at(-1), { thresholdMs: 50, siteBudget: 0 });
    assert.equal(session.debuggee.thresholdMs, 50);
  });

  it('never sends anything but what the allow-list names', async () => {
    const { agent, session, clock } = await started();
    await clock.pass(1000);
    session.dispose();
    const methods = new Set(agent.transport.sent.map(({ method }) => method));
    assert.deepEqual([...methods], ['JsDebug.subscribe', 'Runtime.addBinding', 'Runtime.evaluate']);
    assert.ok(agent.transport.isClosed);
  });
});
