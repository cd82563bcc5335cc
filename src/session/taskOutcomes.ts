import type { Protocol } from 'devtools-protocol';
import { Allowance } from '../base/allowance.js';
import type { Clock } from '../base/clock.js';
import type { CdpClient } from '../cdp/client.js';
import type { TaskOutcome } from '../model/tasks/endedTasks.js';
import type { AgentCalls } from './agentCalls.js';
import { hasProperties, objectText, valueText } from './valueText.js';

/**
 * Reads how tasks ended from what the inspector shows of their promises: nothing of the program runs for it, no getter
 * either. That takes some of the program's time: where many tasks end for long, it is the last ones of some polls.
 */
export class OutcomeReader {
  private readonly tasks = new Allowance(BURST * MAX_TASKS, TASKS_A_SECOND);
  private readonly objects = new Allowance(BURST * MAX_OBJECTS, OBJECTS_A_SECOND);

  constructor(private readonly clock: Clock) {}

  /**
   * Of the `settled` tasks that the last poll has ended; none where it is not worth asking now. `heard`: the program
   * has answered. Rejects as `CdpClient.send` does.
   */
  async read(
    agent: AgentCalls,
    client: CdpClient,
    settled: number,
    heard: () => void,
  ): Promise<TaskOutcome[]> {
    const nowMs = this.clock.nowMs();
    const tasks = Math.min(MAX_TASKS, this.tasks.available(nowMs));
    if (tasks < Math.min(settled, WORTH_ASKING)) return [];
    const objectId = await agent.settled(GROUP, tasks);
    heard();
    try {
      const promises = pairs(await elements(client, objectId));
      heard();
      this.tasks.use(promises.length);
      const ended = promises.flatMap(([id, promise]) => outcomeOf(id, promise) ?? []);
      const objects = ended.filter(({ value }) => value && hasProperties(value));
      const count = Math.min(objects.length, MAX_OBJECTS, this.objects.available(nowMs));
      this.objects.use(count);
      await addProperties(client, objects.slice(objects.length - count), heard);
      return ended.map(({ outcome }) => outcome);
    } finally {
      // Objects of a program that is gone are gone, too.
      client.send('Runtime.releaseObjectGroup', { objectGroup: GROUP }).catch(() => {});
    }
  }
}

interface Settled {
  outcome: TaskOutcome;
  value: Protocol.Runtime.PropertyPreview | undefined;
  promiseId: string | undefined;
}

/** The elements of an array of the program. */
async function elements(client: CdpClient, objectId: string): Promise<Protocol.Runtime.RemoteObject[]> {
  const { result } = await client.send('Runtime.getProperties', {
    objectId,
    ownProperties: true,
    generatePreview: true,
  });
  return result.flatMap(({ name, value }) => (/^\d+$/.test(name) && value ? [value] : []));
}

/** Ids and promises follow each other in the array. */
function pairs(values: Protocol.Runtime.RemoteObject[]): [unknown, Protocol.Runtime.RemoteObject][] {
  const found: [unknown, Protocol.Runtime.RemoteObject][] = [];
  for (let at = 0; at + 1 < values.length; at += 2) {
    const promise = values[at + 1];
    if (promise) found.push([values[at]?.value, promise]);
  }
  return found;
}

function outcomeOf(id: unknown, { preview, objectId }: Protocol.Runtime.RemoteObject): Settled | undefined {
  const part = (name: string) => preview?.properties.find((property) => property.name === name);
  const state = part('[[PromiseState]]')?.value;
  if (!Number.isInteger(id) || (state !== 'fulfilled' && state !== 'rejected')) return undefined;
  const value = part('[[PromiseResult]]');
  const outcome: TaskOutcome = { entry: id as number, state };
  if (value) outcome.result = valueText(value);
  return { outcome, value, promiseId: objectId };
}

/** Of those that ended with an object, the result with its first properties. */
async function addProperties(client: CdpClient, ended: Settled[], heard: () => void): Promise<void> {
  const results = await Promise.all(
    ended.map(async ({ outcome, promiseId }) => {
      const objectId = await resultId(client, promiseId);
      heard();
      return objectId === undefined ? [] : [{ outcome, objectId }];
    }),
  );
  const shown = results.flat();
  const first = shown[0];
  if (!first) return;
  // Their properties themselves could be millions; a preview has a few.
  const { result } = await client.send('Runtime.callFunctionOn', {
    objectId: first.objectId,
    arguments: shown.map(({ objectId }) => ({ objectId })),
    functionDeclaration: LIST,
    silent: true,
    objectGroup: GROUP,
  });
  heard();
  const objects = result.objectId === undefined ? [] : await elements(client, result.objectId);
  heard();
  for (const [at, { outcome }] of shown.entries()) {
    const preview = objects[at]?.preview;
    if (preview) outcome.result = objectText(preview);
  }
}

/** Object id of what a promise was settled with; `undefined` where it cannot be shown. */
async function resultId(client: CdpClient, promiseId: string | undefined): Promise<string | undefined> {
  if (promiseId === undefined) return undefined;
  const { internalProperties } = await client.send('Runtime.getProperties', {
    objectId: promiseId,
    ownProperties: true,
    generatePreview: false,
  });
  return internalProperties?.find(({ name }) => name === '[[PromiseResult]]')?.value?.objectId;
}

const GROUP = 'asyncDebugger';
const LIST = 'function (...all) {\n  return all;\n  //# sourceURL=node-async-debugger-results.cdp\n}';
/** Of so many tasks at once, and into the objects of so many. */
const MAX_TASKS = 50;
const MAX_OBJECTS = 10;
/** What can be had where many end for long. */
const TASKS_A_SECOND = 50;
const OBJECTS_A_SECOND = 10;
/** What was not used is kept for so many questions that follow each other. */
const BURST = 10;
/** Where more have ended, fewer are not asked for: a question takes as long as many tasks. */
const WORTH_ASKING = 25;
