import assert from 'node:assert/strict';
import { Session } from 'node:inspector';
import { Emitter } from '../../src/base/emitter.js';
import { silentLogger } from '../../src/base/logger.js';
import { CdpClient } from '../../src/cdp/client.js';
import type { Transport } from '../../src/cdp/transport.js';
import { AGENT_KEY } from '../../src/protocol/wire.js';
import type { TaskOutcome } from '../../src/model/tasks/endedTasks.js';
import { AgentCalls } from '../../src/session/agentCalls.js';
import { OutcomeReader } from '../../src/session/taskOutcomes.js';
import { FakeClock } from '../support/fakeClock.js';

const agentKey = Symbol.for(AGENT_KEY);
const globals = globalThis as Record<symbol, unknown>;

/** The inspector of this very thread. */
class OwnInspector implements Transport {
  readonly methods: string[] = [];
  private readonly session = new Session();
  private readonly messages = new Emitter<string>(rethrow);
  private readonly closed = new Emitter<string>(rethrow);
  readonly onMessage = this.messages.event;
  readonly onDidClose = this.closed.event;

  constructor() {
    this.session.connect();
  }

  send(message: string): void {
    const { id, method, params } = JSON.parse(message) as { id: number; method: string; params: object };
    this.methods.push(method);
    this.session.post(method, params, (error, result) =>
      this.messages.fire(JSON.stringify(error ? { id, error } : { id, result })),
    );
  }

  dispose(): void {
    this.session.disconnect();
  }
}

function rethrow(error: unknown): void {
  throw error;
}

describe('OutcomeReader', () => {
  let inspector: OwnInspector;
  let client: CdpClient;
  let clock: FakeClock;
  let reader: OutcomeReader;
  let ran: string[];

  beforeEach(() => {
    inspector = new OwnInspector();
    client = new CdpClient(inspector, silentLogger, { connection: 'direct' });
    clock = new FakeClock();
    reader = new OutcomeReader(clock);
    ran = [];
  });

  afterEach(() => {
    client.dispose();
    Reflect.deleteProperty(globals, agentKey);
  });

  async function outcomes(promises: Promise<unknown>[]): Promise<TaskOutcome[]> {
    await Promise.race([Promise.allSettled(promises), new Promise((resolve) => setImmediate(resolve))]);
    globals[agentKey] = { settled: () => promises.flatMap((promise, at) => [at + 1, promise]) };
    return reader.read(new AgentCalls(client), client, promises.length, () => {});
  }

  async function results(...values: unknown[]): Promise<(string | undefined)[]> {
    const read = await outcomes(values.map((value) => Promise.resolve(value)));
    return read.map(({ result }) => result);
  }

  it('tells values, objects and errors as one line each', async () => {
    class Order {
      id = 42;
      items = [1, 2, 3];
    }
    assert.deepEqual(
      await results(42, 'paid\n', undefined, { id: 1 }, new Order(), ['a', { b: 1 }], new Map([[1, 2]])),
      [
        '42',
        '"paid\\n"',
        'undefined',
        '{ id: 1 }',
        'Order { id: 42, items: Array(3) }',
        '["a", {…}]',
        'Map(1)',
      ],
    );
    const failed = Promise.reject(new TypeError('no stock\nat all'));
    assert.deepEqual(await outcomes([failed]), [
      { entry: 1, state: 'rejected', result: 'TypeError: no stock' },
    ]);
  });

  it('runs no code of the program', async () => {
    const note = (what: string) => () => ran.push(what);
    const value = {
      get total(): number {
        return ran.push('getter');
      },
      toString: note('toString'),
      toJSON: note('toJSON'),
      [Symbol.toPrimitive]: note('toPrimitive'),
    };
    const proxy = new Proxy({ a: 1 }, { get: note('get'), ownKeys: note('ownKeys') as never });
    const read = await results(value, [proxy]);
    assert.match(String(read[0]), /^\{ total: getter, toString: function/);
    assert.match(String(read[1]), /^\[Proxy/);
    assert.deepEqual(ran, []);
  });

  it('leaves out what is still pending', async () => {
    assert.deepEqual(await outcomes([new Promise(() => {})]), []);
  });

  it('looks at a few only: of the last tasks, and into the last objects', async () => {
    const read = await outcomes(Array.from({ length: 200 }, (_, at) => Promise.resolve({ at })));
    assert.equal(read.length, 50);
    assert.equal(read[0]?.entry, 151);
    assert.deepEqual(
      read.slice(38, 42).map(({ result }) => result),
      ['{…}', '{…}', '{ at: 190 }', '{ at: 191 }'],
    );
    assert.ok(inspector.methods.length < 16);
  });

  it('asks a program in which many tasks end for fewer of them before long', async () => {
    const many = Array.from({ length: 60 }, (_, at) => Promise.resolve({ at }));
    let tasks = 0;
    let objects = 0;
    for (let second = 0; second < 10; second++) {
      for (let poll = 0; poll < 10; poll++) {
        const read = await outcomes(many);
        tasks += read.length;
        objects += read.filter(({ result }) => result !== '{…}').length;
        await clock.pass(100);
      }
    }
    assert.ok(tasks > 950 && tasks <= 1_000, `${tasks} tasks`);
    assert.ok(objects > 190 && objects <= 200, `${objects} objects`);
    assert.ok(inspector.methods.length < 500, `${inspector.methods.length} questions`);
  });

  it('asks for all of them where few end', async () => {
    for (let poll = 0; poll < 50; poll++) {
      assert.deepEqual(
        (await outcomes([Promise.resolve({ poll }), Promise.resolve(poll)])).map(({ result }) => result),
        [`{ poll: ${poll} }`, String(poll)],
      );
      await clock.pass(100);
    }
  });

  it('looks at a few elements of a long array', async () => {
    assert.deepEqual(await results(new Array(1_000_000).fill(7)), ['[7, 7, 7, 7, 7, …]']);
  });

  it('lets go of what it has looked at', async () => {
    await results({ id: 1 });
    assert.equal(inspector.methods.at(-1), 'Runtime.releaseObjectGroup');
  });
});
