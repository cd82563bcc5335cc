import { NODE_VERSIONS, OTHER_RELEASES, installNode } from './nodeVersions.js';
import { OTHER_RUNTIMES } from './otherRuntimes.js';

/** Puts every runtime under test into the cache and prints where each version of Node is. */
async function main(): Promise<void> {
  for (const { install } of OTHER_RUNTIMES) await install();
  for (const version of [...NODE_VERSIONS, ...OTHER_RELEASES])
    process.stdout.write(`${await installNode(version)}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
