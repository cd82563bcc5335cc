import { NODE_VERSIONS, installNode } from './nodeVersions.js';

/** Puts every Node version under test into the cache and prints where each is. */
async function main(): Promise<void> {
  for (const version of NODE_VERSIONS) process.stdout.write(`${await installNode(version)}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
