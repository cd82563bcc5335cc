import type { Protocol } from 'devtools-protocol';
import type { ProgramCalls } from './programCalls.js';
import type { AwaitPlace } from './liveObjects.js';

/** A variable of a suspended function, as the debugger shows it: no getter has run for it. */
export interface Variable {
  name: string;
  value: Protocol.Runtime.RemoteObject;
}

/** Variables of one scope: `local`, `block`, `closure`, `module`, `this` … */
export interface Scope {
  kind: string;
  variables: Variable[];
}

export interface InspectedTask {
  /** Where it is suspended: number of the script, line and column from 1. */
  place: (Pick<AwaitPlace, 'line' | 'column'> & { scriptId: string }) | undefined;
  scopes: Scope[];
}

/** Reads where one function is suspended and, where that is asked, its variables. Slow in a large heap. */
export async function inspectTask(
  calls: ProgramCalls,
  heapId: number,
  wants: { variables: boolean; previews?: boolean },
): Promise<InspectedTask> {
  const generator = await calls.byHeapId(heapId);
  const { internalProperties = [] } = await calls.properties(generator);
  const internal = new Map(internalProperties.map(({ name, value }) => [name, value]));
  const place = placeOf(internal.get('[[GeneratorLocation]]'));
  if (!wants.variables) return { place, scopes: [] };
  const scopes: Scope[] = [];
  const receiver = internal.get('[[GeneratorReceiver]]');
  if (receiver?.type === 'object' && receiver.objectId !== undefined && receiver.className !== 'global')
    scopes.push({ kind: 'this', variables: [{ name: 'this', value: receiver }] });
  const list = internal.get('[[Scopes]]')?.objectId;
  if (list === undefined) return { place, scopes };
  for (const { value } of (await calls.properties(list)).result) {
    const kind = /^[A-Z][a-z]+/.exec(value?.description ?? '')?.[0]?.toLowerCase() ?? '';
    if (kind === 'global' || kind === 'script' || value?.objectId === undefined) continue;
    const { result } = await calls.properties(value.objectId, wants.previews);
    const variables = result.flatMap(({ name, value: own }) => (own ? [{ name, value: own }] : []));
    if (variables.length > 0) scopes.push({ kind, variables });
  }
  return { place, scopes };
}

function placeOf(location: Protocol.Runtime.RemoteObject | undefined): InspectedTask['place'] {
  const found = location?.value as
    { scriptId?: unknown; lineNumber?: unknown; columnNumber?: unknown } | undefined;
  if (typeof found?.lineNumber !== 'number' || typeof found.columnNumber !== 'number') return undefined;
  return { scriptId: String(found.scriptId), line: found.lineNumber + 1, column: found.columnNumber + 1 };
}
