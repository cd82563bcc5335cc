// tsx scripts/recordings.ts [PROGRAMS]: holds recordings of random programs against what the programs write down themselves,
// on all Node versions.
import { compareRecording } from '../test/recording/recordingTruth.js';
import { nodesUnderTest } from '../test/support/nodeVersions.js';

async function main(): Promise<void> {
  const programs = Number(process.argv[2] ?? 5);
  for (const { version, path } of nodesUnderTest()) {
    let calls = 0;
    let intervals = 0;
    let worstMs = 0;
    for (let seed = 1; seed <= programs; seed++) {
      const found = await compareRecording(path, seed);
      calls += found.calls;
      intervals += found.intervals;
      worstMs = Math.max(worstMs, found.worstMs);
    }
    process.stdout.write(
      `Node ${version}: ${programs} programs, ${calls} calls, ${intervals} intervals, 0 wrong; times apart ${worstMs.toFixed(2)} ms at most\n`,
    );
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
