// What a look into a program costs: its pause, its memory, and the host's. Writes rows of the table in docs/XRAY.md.
//   npx tsx scripts/xray/bench.ts [node's major version]
import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { silentLogger } from '../../src/base/logger.js';
import { CdpClient } from '../../src/cdp/client.js';
import { connectWebSocket } from '../../src/cdp/webSocketTransport.js';
import { systemClock } from '../../src/session/systemClock.js';
import { deepXray } from '../../src/xray/deepXray.js';
import { lightXray } from '../../src/xray/lightXray.js';
import { ProgramCalls } from '../../src/xray/live/programCalls.js';
import { nodesUnderTest } from '../../test/support/nodeVersions.js';

/** Tasks, and megabytes of small objects beside them. */
const CASES = [
  [1_000, 0],
  [10_000, 0],
  [100_000, 0],
  [1_000, 50],
  [1_000, 200],
] as const;

async function measure(node: string, tasks: string, megabytes: string): Promise<string> {
  const program = path.resolve('scripts/xray/benchProgram.cjs');
  const flags = ['--inspect=127.0.0.1:0', '--max-old-space-size=8000', program, tasks, megabytes];
  const child = spawn(node, flags, { stdio: ['ignore', 'pipe', 'pipe'] });
  process.once('exit', () => child.kill('SIGKILL'));
  let said = '';
  child.stderr.on('data', (data: Buffer) => (said += data.toString()));
  await new Promise((resolve) => child.stdout.once('data', resolve));
  const url = /ws:\/\/\S+/.exec(said)?.[0] ?? '';
  const client = new CdpClient(await connectWebSocket(url, 5_000), silentLogger, { connection: 'direct' });
  const calls = new ProgramCalls(client, 60_000);
  const number = async (expression: string): Promise<number> => Number(await calls.value(expression));
  const pause = async (): Promise<number> => {
    await new Promise((resolve) => setTimeout(resolve, 200));
    return number('((ms) => { longest = 0; return ms; })(longest)');
  };
  const rss = (): Promise<number> => number('process.memoryUsage().rss / 1e6');
  await pause();
  const startedMs = performance.now();
  await lightXray(client, () => {});
  const lightMs = performance.now() - startedMs;
  const lightPause = await pause();
  const before = await rss();
  const hostBefore = process.memoryUsage().rss / 1e6;
  const deepMs = performance.now();
  const xray = await deepXray(client, systemClock, {
    confirm: () => Promise.resolve(true),
    onProgress: () => {},
  });
  if (!xray) throw new Error('it was not wanted');
  const tookMs = performance.now() - deepMs;
  const deepPause = await pause();
  const host = process.memoryUsage().rss / 1e6 - hostBefore;
  const cells = [
    Number(tasks).toLocaleString('en'),
    megabytes,
    xray.read.heap.size.toLocaleString('en'),
    `${Math.round(lightMs)} ms, ${Math.round(lightPause)} ms`,
    `${(tookMs / 1_000).toFixed(1)} s, ${(deepPause / 1_000).toFixed(1)} s`,
    `${(xray.cost.pauseMs / 1_000).toFixed(1)} s`,
    `${Math.round(before)} → ${Math.round(await rss())} MB`,
    `${Math.round(xray.characters / 1e6)} MB`,
    `${Math.round(host)} MB`,
  ];
  return `| ${cells.join(' | ')} |`;
}

async function main(): Promise<void> {
  const [major = '24', tasks, megabytes] = process.argv.slice(2);
  const node = nodesUnderTest().find((one) => one.major === Number(major));
  if (!node) throw new Error(`Node ${major} is not there`);
  if (tasks !== undefined && megabytes !== undefined) {
    process.stdout.write(`${await measure(node.path, tasks, megabytes)}\n`);
    process.exit();
  }
  for (const sizes of CASES) {
    const args = [...process.execArgv, ...process.argv.slice(1, 2), major, ...sizes.map(String)];
    spawnSync(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
});
