import type { Protocol } from 'devtools-protocol';
import type { CdpClient } from '../../cdp/client.js';

/** The program threw in what it was asked. */
export class CallError extends Error {
  override readonly name = 'CallError';
}

/** Questions to a program that has loaded nothing of ours. Every object that is asked for is in one group. */
export class ProgramCalls {
  constructor(
    private readonly client: CdpClient,
    private readonly limitMs: number,
  ) {}

  /** Object id of the value of an expression; `require` is there, also in ES modules. */
  async object(expression: string): Promise<string> {
    const answer = await this.client.send(
      'Runtime.evaluate',
      { ...QUIET, expression: `${expression}\n${SOURCE}`, includeCommandLineAPI: true, objectGroup: GROUP },
      this.limit,
    );
    return objectId(answer);
  }

  /** The value of an expression, by value. */
  async value(expression: string, options: { awaits?: boolean; limitMs?: number } = {}): Promise<unknown> {
    const answer = await this.client.send(
      'Runtime.evaluate',
      {
        ...QUIET,
        expression: `${expression}\n${SOURCE}`,
        includeCommandLineAPI: true,
        returnByValue: true,
        awaitPromise: options.awaits ?? false,
      },
      { timeoutMs: options.limitMs ?? this.limitMs },
    );
    check(answer);
    return answer.result.value;
  }

  /** An array with all objects that have this prototype, directly or not. */
  async instances(prototypeObjectId: string): Promise<string> {
    const params = { prototypeObjectId, objectGroup: GROUP };
    const { objects } = await this.client.send('Runtime.queryObjects', params, this.limit);
    return objects.objectId ?? '';
  }

  /** Object id of what a function gives, called on an object with other objects as arguments. */
  async callForObject(declaration: string, on: string, objects: readonly string[]): Promise<string> {
    const answer = await this.client.send(
      'Runtime.callFunctionOn',
      {
        silent: true,
        functionDeclaration: `${declaration}\n${SOURCE}\n`,
        objectId: on,
        objectGroup: GROUP,
        arguments: objects.map((one) => ({ objectId: one })),
      },
      this.limit,
    );
    return objectId(answer);
  }

  /** What a function gives, by value. A promise is awaited only where that is asked: it hangs where no loop turns. */
  async callForValue(
    declaration: string,
    on: string,
    values: readonly unknown[] = [],
    options: { awaits?: boolean; limitMs?: number } = {},
  ): Promise<unknown> {
    const answer = await this.client.send(
      'Runtime.callFunctionOn',
      {
        silent: true,
        functionDeclaration: `${declaration}\n${SOURCE}\n`,
        objectId: on,
        arguments: values.map((value) => ({ value })),
        returnByValue: true,
        awaitPromise: options.awaits ?? false,
      },
      { timeoutMs: options.limitMs ?? this.limitMs },
    );
    check(answer);
    return answer.result.value;
  }

  async heapId(object: string): Promise<number> {
    const { heapSnapshotObjectId } = await this.client.send(
      'HeapProfiler.getHeapObjectId',
      { objectId: object },
      this.limit,
    );
    return Number(heapSnapshotObjectId);
  }

  /** Slow in a large heap: V8 marks all of it for each single object. */
  async byHeapId(id: number): Promise<string> {
    const params = { objectId: String(id), objectGroup: GROUP };
    const { result } = await this.client.send('HeapProfiler.getObjectByHeapObjectId', params, this.limit);
    return result.objectId ?? '';
  }

  /** Own properties as the inspector shows them: no getter runs. */
  async properties(object: string, generatePreview = false): Promise<Protocol.Runtime.GetPropertiesResponse> {
    const params = { objectId: object, ownProperties: true, generatePreview };
    return this.client.send('Runtime.getProperties', params, this.limit);
  }

  /** Lets go of every object that was asked for, and has V8 forget the ids of all objects. Never rejects. */
  async release(): Promise<void> {
    const ignored = (): void => {
      // the program or its connection is gone, and everything with it
    };
    const limit = { timeoutMs: RELEASE_LIMIT_MS };
    await Promise.all([
      this.client.send('Runtime.releaseObjectGroup', { objectGroup: GROUP }, limit).catch(ignored),
      this.client.send('HeapProfiler.disable', undefined, limit).catch(ignored),
    ]);
  }

  private get limit(): { timeoutMs: number } {
    return { timeoutMs: this.limitMs };
  }
}

function objectId(answer: Answer): string {
  check(answer);
  const { objectId: id } = answer.result;
  if (id === undefined) throw new CallError('The program gave no object.');
  return id;
}

function check({ result, exceptionDetails }: Answer): void {
  if (exceptionDetails) {
    const text = exceptionDetails.exception?.description ?? exceptionDetails.text;
    throw new CallError((text.split('\n')[0] ?? '').slice(0, 300));
  }
  if (typeof (result as unknown) !== 'object') throw new CallError('The program gave no result.');
}

type Answer = Pick<Protocol.Runtime.EvaluateResponse, 'result' | 'exceptionDetails'>;

const GROUP = 'asyncdebug-xray';
/** The debugger takes a script whose name ends so for internal. */
const SOURCE = '//# sourceURL=node-async-debugger-xray.cdp';
const QUIET = { silent: true, disableBreaks: true } as const;
const RELEASE_LIMIT_MS = 3_000;
