import type { Protocol } from 'devtools-protocol';
import type { CdpClient } from '../cdp/client.js';
import { AGENT_KEY, type AgentSettings, ENDING } from '../protocol/wire.js';

/** What a look into the debuggee says before the agent is spoken to. */
export interface Probe {
  agent?: { protocol: number; version: string };
  /** `process.version`; absent where there is no process. */
  node?: string;
  /** Its NODE_OPTIONS have it load the agent by itself. */
  loads?: boolean;
  /** It is in its `exit` event. */
  exiting?: boolean;
  runtime: 'node' | 'Deno' | 'Bun' | 'browser';
}

/** The debuggee threw: the agent is gone, or something of it failed. */
export class EvaluationError extends Error {
  override readonly name = 'EvaluationError';

  /** The question came where the program had used up its stack: the next one may find more of it. */
  get isAtStacksEdge(): boolean {
    return this.message.startsWith('RangeError: Maximum call stack size exceeded');
  }

  /** The question came while the thread was telling its end, which will come unasked. */
  get isInLastMessage(): boolean {
    return this.message === `Error: ${ENDING}`;
  }
}

/** What V8 throws when a program has come to its end and waits for us: no JavaScript runs any more. */
export const AT_END = 'illegal access';

/**
 * The agent of one debuggee, called through `Runtime.evaluate`: each call is one expression and one text back.
 * Rejects with a CdpError when the connection fails, with an EvaluationError when the debuggee throws.
 */
export class AgentCalls {
  constructor(private readonly client: CdpClient) {}

  /** `loaders`: words of NODE_OPTIONS by which programs load the agent. */
  async probe(loaders: readonly string[] = []): Promise<Probe> {
    return readProbe(await this.text(`${PROBE}(${JSON.stringify(loaders)})`, 'probe'));
  }

  connect(settings: AgentSettings): Promise<string> {
    return this.text(`${AGENT}.connect(${JSON.stringify(settings)})`, 'connect');
  }

  /**
   * `inTurn`: something of the program is on the stack. A pause that the user asks for now would be lost if breaks
   * were off; otherwise it would find nothing to stop in but our question.
   */
  poll(inTurn = false): Promise<string> {
    return this.text(`${AGENT}.poll()`, 'poll', { disableBreaks: !inTurn });
  }

  /** Object id of the agent's list of tasks that ended: the ids and promises of the last so many. */
  async settled(objectGroup: string, maxTasks: number): Promise<string> {
    const expression =
      `((all, last) => { for (let i = all.length > ${2 * maxTasks} ? all.length - ${2 * maxTasks} : 0; ` +
      `i < all.length; i++) last[last.length] = all[i]; return last; })(${AGENT}.settled(), [])`;
    const { objectId } = await this.evaluate(expression, 'settled', { returnByValue: false, objectGroup });
    if (objectId === undefined) throw new EvaluationError('settled gave no list');
    return objectId;
  }

  async configure(settings: AgentSettings): Promise<void> {
    await this.text(`${AGENT}.configure(${JSON.stringify(settings)}), ''`, 'configure');
  }

  /** Id of the entry that stands on the call stack; 0: none, or it is not known. */
  async current(): Promise<number> {
    return Number(await this.text(`String(${AGENT}.current())`, 'current'));
  }

  /** What its flight recorder holds from a row on. */
  recording(from: number): Promise<string> {
    return this.text(`${AGENT}.recording(${from})`, 'recording');
  }

  sourceMap(url: string): Promise<string> {
    return this.text(`${AGENT}.sourceMap(${JSON.stringify(url)})`, 'source-map');
  }

  /** `false`: it is over, or nothing that can be ended. */
  async endResource(entry: number): Promise<boolean> {
    return (await this.text(`String(${AGENT}.endResource(${entry}))`, 'endResource')) === 'true';
  }

  async stop(): Promise<void> {
    await this.text(`${AGENT}.stop(), ''`, 'stop');
  }

  /** Its final update, where the program could not send it. */
  finalUpdate(): Promise<string> {
    return this.text(`${AGENT}.finalUpdate()`, 'finalUpdate');
  }

  /**
   * Loads the agent into a program that runs already. Its bundle asks for modules with a free `require`, which
   * exists as a command line function only, and knows by `__asyncDebuggerLate` that it came late.
   */
  async inject(source: string): Promise<void> {
    const expression =
      '(function (require, module, exports, __asyncDebuggerLate) {\n' +
      `${source}\n` +
      "})(typeof require === 'function' ? require : process.mainModule" +
      " ? process.mainModule.require.bind(process.mainModule) : process.getBuiltinModule, { exports: {} }, {}, true), ''";
    await this.text(expression, 'agent', { includeCommandLineAPI: true });
  }

  private async text(
    expression: string,
    name: string,
    options: Partial<Protocol.Runtime.EvaluateRequest> = {},
  ): Promise<string> {
    const result = await this.evaluate(expression, name, { returnByValue: true, ...options });
    if (typeof result.value !== 'string') throw new EvaluationError(`${name} gave no text`);
    return result.value;
  }

  private async evaluate(
    expression: string,
    name: string,
    options: Partial<Protocol.Runtime.EvaluateRequest>,
  ): Promise<Protocol.Runtime.RemoteObject> {
    const { result, exceptionDetails } = await this.client.send('Runtime.evaluate', {
      // js-debug takes a script whose name ends so for internal, and does not show it.
      expression: `${expression}\n//# sourceURL=node-async-debugger-${name}.cdp`,
      silent: true,
      generatePreview: false,
      disableBreaks: true,
      ...options,
    });
    if (exceptionDetails) {
      const { exception, text } = exceptionDetails;
      const thrown: unknown = exception?.description ?? exception?.value;
      throw new EvaluationError(firstLine(typeof thrown === 'string' ? thrown : text));
    }
    // Not all that listens on a port is an inspector.
    if (typeof (result as unknown) !== 'object') throw new EvaluationError(`${name} gave no result`);
    return result;
  }
}

const AGENT = `globalThis[Symbol.for(${JSON.stringify(AGENT_KEY)})]`;

/** Lines of text: what the program has made of its `JSON` must not be in them. */
const PROBE = `((loaders) => {
  const agent = ${AGENT};
  const node = typeof process === 'object' && process && process.versions && process.versions.node && process.version;
  const runtime = globalThis.Deno ? 'Deno' : globalThis.Bun ? 'Bun' : node ? 'node' : 'browser';
  const exiting = node && process._exiting ? 'exiting' : '';
  const options = node ? String(process.env.NODE_OPTIONS) : '';
  let loads = '';
  for (let i = 0; i < loaders.length; i++) if (options.includes(loaders[i])) loads = 'loads';
  return runtime + '\\n' + (node || '') + '\\n' + exiting + '\\n' + loads +
    (agent ? '\\n' + agent.protocol + '\\n' + agent.version : '');
})`;

const RUNTIMES = ['node', 'Deno', 'Bun', 'browser'] as const;

/** Throws where something else than a program has answered. */
function readProbe(text: string): Probe {
  const [name, node = '', exiting, loads, protocol, version = ''] = text.split('\n');
  const runtime = RUNTIMES.find((each) => each === name);
  if (runtime === undefined || (protocol !== undefined && version === ''))
    throw new EvaluationError('probe gave no answer that is understood');
  return {
    runtime,
    exiting: exiting === 'exiting',
    loads: loads === 'loads',
    ...(node === '' ? {} : { node }),
    ...(protocol === undefined ? {} : { agent: { protocol: Number(protocol), version } }),
  };
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? '').slice(0, 300);
}
