/**
 * Tests are async resources by themselves: `node:test` makes one for each, and what we add to other runners makes its
 * own of the same form.
 */

/** Their async resource type. */
export const TEST = 'Test';

/** What is read of it. */
interface Test {
  name?: unknown;
  parent?: unknown;
  /** Of what only holds tests. */
  reportedType?: unknown;
  /** `null` until it is over. */
  endTime?: unknown;
}

/** `orders › hangs`; `undefined` of what is no test but holds such, or of another program's resource of that type. */
export function testName(resource: object): string | undefined {
  const test = resource as Test;
  if (typeof test.name !== 'string' || test.reportedType === 'suite') return undefined;
  const names = [test.name];
  for (let above = parentOf(test); above !== undefined && names.length < MAX_DEPTH; above = parentOf(above)) {
    // the outermost one stands for the whole file
    if (typeof above.name === 'string' && parentOf(above) !== undefined) names.unshift(above.name);
  }
  return parentOf(test) === undefined ? undefined : names.join(' \u203A ');
}

export function isTestOver(resource: object): boolean {
  const { endTime } = resource as Test;
  return endTime !== undefined && endTime !== null;
}

function parentOf({ parent }: Test): Test | undefined {
  return typeof parent === 'object' && parent !== null ? parent : undefined;
}

const MAX_DEPTH = 20;
