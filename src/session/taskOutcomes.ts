import type { Protocol } from 'devtools-protocol';
import type { CdpClient } from '../cdp/client.js';
import type { TaskOutcome } from '../model/tasks/endedTasks.js';
import type { AgentCalls } from './agentCalls.js';
import { hasProperties, objectText, valueText } from './valueText.js';

/**
 * Reads how the tasks of the last beat ended from what the inspector shows of their promises: nothing of the
 * program runs for it, no getter either. Bounded, so that it takes no more than a few milliseconds of the
 * program's time. `heard`: the program has answered. Rejects as `CdpClient.send` does.
 */
export async function readOutcomes(
  agent: AgentCalls,
  client: CdpClient,
  heard: () => void,
): Promise<TaskOutcome[]> {
  const objectId = await agent.settled(GROUP, MAX_TASKS);
  heard();
  try {
    const { result } = await client.send('Runtime.getProperties', {
      objectId,
      ownProperties: true,
      generatePreview: true,
    });
    heard();
    const settled = pairs(result).flatMap(([id, promise]) => outcomeOf(id, promise) ?? []);
    const objects = settled.filter(({ value }) => value && hasProperties(value)).slice(-MAX_OBJECTS);
    await Promise.all(
      objects.map(async ({ outcome, promiseId }) => {
        const text = await resultText(client, promiseId);
        heard();
        if (text !== undefined) outcome.result = text;
      }),
    );
    return settled.map(({ outcome }) => outcome);
  } finally {
    // Objects of a program that is gone are gone, too.
    client.send('Runtime.releaseObjectGroup', { objectGroup: GROUP }).catch(() => {});
  }
}

interface Settled {
  outcome: TaskOutcome;
  value: Protocol.Runtime.PropertyPreview | undefined;
  promiseId: string | undefined;
}

/** Ids and promises follow each other in the array. */
function pairs(elements: Protocol.Runtime.PropertyDescriptor[]): [unknown, Protocol.Runtime.RemoteObject][] {
  const values = elements.filter(({ name }) => /^\d+$/.test(name)).map(({ value }) => value);
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

/** The result with its first properties; `undefined` where it cannot be shown. */
async function resultText(client: CdpClient, promiseId: string | undefined): Promise<string | undefined> {
  if (promiseId === undefined) return undefined;
  const { internalProperties } = await client.send('Runtime.getProperties', {
    objectId: promiseId,
    ownProperties: true,
    generatePreview: false,
  });
  const objectId = internalProperties?.find(({ name }) => name === '[[PromiseResult]]')?.value?.objectId;
  if (objectId === undefined) return undefined;
  // Its properties themselves could be millions; a preview has a few.
  const { result } = await client.send('Runtime.callFunctionOn', {
    objectId,
    functionDeclaration: ITSELF,
    silent: true,
    generatePreview: true,
    objectGroup: GROUP,
  });
  return result.preview && objectText(result.preview);
}

const GROUP = 'asyncDebugger';
const ITSELF = 'function () {\n  return this;\n  //# sourceURL=node-async-debugger-result.cdp\n}';
const MAX_TASKS = 50;
const MAX_OBJECTS = 10;
