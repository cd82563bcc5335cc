import { tsImport } from 'tsx/esm/api';

const { NODE_VERSIONS, installNode } = await tsImport('./nodeVersions.ts', import.meta.url);

/**
 * A Node binary for each of the wanted versions, installed where it is missing.
 *
 * @param {string} wanted major versions with commas between: `20,24`
 * @returns {Promise<{ version: string, binary: string }[]>}
 */
export async function nodeBinaries(wanted) {
  const found = [];
  for (const major of wanted.split(',')) {
    const version = NODE_VERSIONS.find((each) => each.split('.')[0] === major);
    if (version === undefined)
      throw new Error(`Node ${major} is not among the versions under test: ${NODE_VERSIONS.join(', ')}`);
    found.push({ version, binary: await installNode(version) });
  }
  return found;
}
