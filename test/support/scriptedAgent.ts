import {
  type AgentSettings,
  type Poll,
  type FinalUpdate,
  type Hello,
  PROTOCOL_VERSION,
} from '../../src/protocol/wire.js';
import { type Answer, ScriptedTransport, type Sent } from './scriptedTransport.js';
import { hello, sentPoll } from './wire.js';

/** A debuggee with an agent, played by a test: what it says is told by its fields. */
export class ScriptedAgent {
  readonly transport = new ScriptedTransport((request) => this.answer(request));
  /** What the probe finds. */
  probe: { agent?: { protocol: number; version: string }; node?: string; loads?: boolean; runtime: string } =
    {
      agent: { protocol: PROTOCOL_VERSION, version: '0.1.0' },
      node: 'v22.0.0',
      runtime: 'node',
    };
  hello: Partial<Hello> = {};
  /** Polls to come; afterwards they are empty. A text is sent as it is, an error is thrown in the debuggee. */
  readonly polls: (Partial<Poll> | string | Error)[] = [];
  /** While set, `poll` is not answered. */
  isStuck = false;
  /** The program is gone, and the debugger's proxy says so to each request. */
  isGone = false;
  /** A worker is made to end while it is asked. */
  isTerminated = false;
  /** No JavaScript may run any more. */
  isAtEnd = false;
  /** Its final update, where it is asked for it; it ends with code 5. */
  last: Partial<Poll> = {};
  /** How tasks ended, once each; an error is what the inspector answers instead. */
  outcomes: { id: number; state: string; result?: object }[] | Error = [];
  /** Id of the entry that stands on the call stack. */
  current = 0;
  readonly settings: AgentSettings[] = [];
  readonly calls: string[] = [];
  injected: string | undefined;
  seq = 0;
  private stuck: Sent[] = [];

  /** Answers what was asked while it was stuck. */
  free(): void {
    this.isStuck = false;
    for (const request of this.stuck.splice(0)) {
      const answer = this.answer(request);
      if (answer) this.transport.receive({ id: request.id, ...answer });
    }
  }

  /** Its final update; with `hello` to a host that has not spoken to it. */
  finalUpdate(last: Partial<Poll>, code: number, over: Partial<FinalUpdate> = {}): void {
    const payload = JSON.stringify(this.lastWords(last, code, over));
    this.transport.event('Runtime.bindingCalled', { name: '__nodeAsyncDebugger', payload });
  }

  private lastWords(last: Partial<Poll>, code: number, over: Partial<FinalUpdate>): FinalUpdate {
    return { kind: 'finalUpdate', polls: [sentPoll({ seq: this.seq + 1, ...last })], code, ...over };
  }

  private answer(request: Sent): Answer {
    if (this.isGone) return { error: { code: -32000, message: 'Connection is closed' } };
    if (request.method === 'Runtime.getProperties') return this.listOutcomes();
    if (request.method !== 'Runtime.evaluate') return { result: {} };
    const expression = String(request.params['expression']);
    if (this.isTerminated) return { error: { code: -32000, message: 'Execution was terminated' } };
    const name = /sourceURL=node-async-debugger-([\w-]+)\.cdp$/.exec(expression)?.[1] ?? '?';
    if (name === 'poll' && this.isStuck) {
      this.stuck.push(request);
      return undefined;
    }
    this.calls.push(name);
    if (this.isAtEnd) {
      const exception = { type: 'string', value: 'illegal access' };
      return { result: { result: exception, exceptionDetails: { text: 'Uncaught', exception } } };
    }
    if (name === 'settled') return { result: { result: { type: 'object', objectId: 'settled' } } };
    try {
      return { result: { result: { type: 'string', value: this.value(name, expression) } } };
    } catch (error) {
      const exception = { type: 'object', description: String(error) };
      return { result: { result: exception, exceptionDetails: { text: 'Uncaught', exception } } };
    }
  }

  private listOutcomes(): Answer {
    const { outcomes } = this;
    this.outcomes = [];
    if (outcomes instanceof Error) return { error: { code: -32000, message: outcomes.message } };
    const result = outcomes.flatMap(({ id, state, result }, at) => {
      const properties: object[] = [{ name: '[[PromiseState]]', type: 'string', value: state }];
      if (result) properties.push({ name: '[[PromiseResult]]', ...result });
      const promise = { type: 'object', subtype: 'promise', preview: { properties } };
      return [
        { name: String(2 * at), value: { type: 'number', value: id } },
        { name: String(2 * at + 1), value: promise },
      ];
    });
    return { result: { result } };
  }

  private found(): string {
    const { runtime, node = '', loads = false, agent } = this.probe;
    const ofAgent = agent === undefined ? [] : [agent.protocol, agent.version];
    return [runtime, node, '', loads ? 'loads' : '', ...ofAgent].join('\n');
  }

  private value(name: string, expression: string): string {
    switch (name) {
      case 'probe':
        return this.found();
      case 'connect':
        this.seq = 0;
        this.settings.push(argument(expression) as AgentSettings);
        return JSON.stringify(hello(this.hello));
      case 'current':
        return String(this.current);
      case 'poll': {
        const next = this.polls.shift() ?? {};
        if (next instanceof Error) throw next;
        if (typeof next === 'string') return next;
        this.seq++;
        return JSON.stringify(sentPoll({ seq: this.seq, nowMs: this.seq * 100, ...next }));
      }
      case 'configure':
        this.settings.push(argument(expression) as AgentSettings);
        return '';
      case 'agent':
        this.injected = expression;
        this.probe.agent = { protocol: PROTOCOL_VERSION, version: '0.1.0' };
        return '';
      case 'finalUpdate':
        return JSON.stringify(this.lastWords(this.last, 5, {}));
      case 'source-map':
        return 'null';
      default:
        return '';
    }
  }
}

function argument(expression: string): unknown {
  return JSON.parse(/\((\{.*\})\)/.exec(expression)?.[1] ?? 'null');
}
