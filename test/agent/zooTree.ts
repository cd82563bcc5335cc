import { realpathSync } from 'node:fs';
import path from 'node:path';
import { silentLogger } from '../../src/base/logger.js';
import { Debuggee } from '../../src/model/debuggee.js';
import { taskRows, treeText } from '../../src/model/presenter/index.js';
import { WireDecoder } from '../../src/model/wire/wireDecoder.js';
import type { ProcessSnapshot } from '../../src/protocol/snapshot.js';
import { SourceLocations } from '../../src/session/sourceLocations.js';
import type { NodeUnderTest } from '../support/nodeVersions.js';
import { builtAgent } from '../support/builtAgent.js';
import { run } from '../support/runProgram.js';

/** The tree of a program at the moment it calls `probe()`, as people see it, without ages. */
export async function treeOf(node: NodeUnderTest, program: string): Promise<string> {
  const rows = taskRows(
    { version: 1, takenAt: '', processes: [await snapshotOf(node, program)] },
    { grouping: 'awaits', filter: '', internals: false, maxRows: 20 },
  );
  const tree = treeText(rows[0]?.children ?? []);
  const folder = realpathSync(path.dirname(program));
  return withoutAges(tree.replaceAll(realpathSync(node.path), 'node').replaceAll(`${folder}${path.sep}`, ''));
}

/** What is known of a program at the moment it calls `probe()`, with the places of the original sources. */
export async function snapshotOf(node: NodeUnderTest, program: string): Promise<ProcessSnapshot> {
  const folder = path.dirname(program);
  const probe = path.resolve('test/fixtures/probe/probe.cjs');
  const ending = await run(node.path, ['--no-warnings', '-r', builtAgent(), '-r', probe, program], folder);
  const line = ending.stdout.split('\n').find((l) => l.startsWith('\u0001'));
  if (line === undefined)
    throw new Error(`${program} did not come to its probe:\n${ending.stdout}${ending.stderr}`);
  const { messages } = JSON.parse(line.slice(1)) as { messages: string[] };
  const sites = new SourceLocations(silentLogger);
  const debuggee = new Debuggee({ session: 'zoo', name: path.basename(program) }, sites);
  const decoder = new WireDecoder();
  const [hello = '', ...polls] = messages;
  debuggee.hello(decoder.hello(hello), 0);
  for (const text of polls) debuggee.apply(decoder.poll(text), 0);
  debuggee.snapshot(0);
  await sites.whenLoaded();
  debuggee.sitesChanged();
  const snapshot = debuggee.snapshot(0);
  // the timer of `probeAfter` belongs to the test
  return { ...snapshot, tasks: snapshot.tasks.filter(({ createdAt }) => createdAt?.file !== probe) };
}

function withoutAges(tree: string): string {
  return `${tree
    .replace(/( {2}| · )\d[\d,.]* (ms|s)( left)?(?= {2}|\n|$)/g, '')
    .replace(/ for \d[\d,.]* m?s\b/g, '')
    .replace(/ · oldest \d[\d,.]* m?s/g, '')
    .replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:<port>')
    .replace(/\bpid \d+/g, 'pid <pid>')
    .trimEnd()}\n`;
}
