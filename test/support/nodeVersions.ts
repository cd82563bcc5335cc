import { existsSync } from 'node:fs';
import { NODE_VERSIONS, OTHER_RELEASES, nodeBinary } from '../../scripts/nodeVersions.js';

export interface NodeUnderTest {
  major: number;
  version: string;
  /** Path of the binary. */
  path: string;
}

/**
 * The Node versions that a debuggee may have, oldest first.
 * @throws where one is not installed: `npm test -- agent` installs them first
 */
export function nodesUnderTest(versions: readonly string[] = NODE_VERSIONS): NodeUnderTest[] {
  return versions.map((version) => {
    const path = nodeBinary(version);
    if (!existsSync(path))
      throw new Error(`Node ${version} is missing (${path}): run "npm run install-nodes" first`);
    return { major: Number.parseInt(version, 10), version, path };
  });
}

/** Declares the same tests once for each Node version. */
export function forEachNode(declare: (node: NodeUnderTest) => void): void {
  for (const node of nodesUnderTest()) describe(`Node ${node.major}`, () => declare(node));
}

/** The same for the releases in which a line of Node has changed what the agent builds upon, too. */
export function forEachRelease(declare: (node: NodeUnderTest) => void): void {
  forEachNode(declare);
  for (const node of nodesUnderTest(OTHER_RELEASES)) describe(`Node ${node.version}`, () => declare(node));
}
