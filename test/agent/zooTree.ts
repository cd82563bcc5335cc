import path from 'node:path';
import { Debuggee } from '../../src/model/debuggee.js';
import { taskRows, treeText } from '../../src/model/presenter/index.js';
import type { AgentMessage } from '../../src/protocol/wire.js';
import type { NodeUnderTest } from '../support/nodeVersions.js';
import { builtAgent } from '../support/builtAgent.js';
import { run } from '../support/runProgram.js';

/** The tree of a program at the moment it calls `probe()`, as people see it, without ages. */
export async function treeOf(node: NodeUnderTest, program: string): Promise<string> {
  const folder = path.dirname(program);
  const probe = path.resolve('test/fixtures/probe/probe.cjs');
  const ending = await run(node.path, ['--no-warnings', '-r', builtAgent(), '-r', probe, program], folder);
  const line = ending.stdout.split('\n').find((l) => l.startsWith('\u0001'));
  if (line === undefined)
    throw new Error(`${program} did not come to its probe:\n${ending.stdout}${ending.stderr}`);
  const { messages } = JSON.parse(line.slice(1)) as { messages: string[] };
  const debuggee = new Debuggee(
    { session: 'zoo', name: path.basename(program) },
    {
      resolve: (frame) => ({
        file: frame.url.replace(/^file:\/\//, ''),
        line: frame.line,
        column: frame.column,
        function: frame.function,
      }),
    },
  );
  for (const text of messages) {
    const message = JSON.parse(text) as AgentMessage;
    if (message.kind === 'hello') debuggee.hello(message, 0);
    else if (message.kind === 'beat') debuggee.apply(message, 0);
  }
  const rows = taskRows(
    { version: 1, takenAt: '', processes: [debuggee.snapshot(0)] },
    { grouping: 'awaits', filter: '', internals: false, maxRows: 100 },
  );
  return withoutAges(
    treeText(rows[0]?.children.filter((row) => row.creationSite?.file.endsWith('probe.cjs') !== true) ?? []),
  );
}

function withoutAges(tree: string): string {
  return `${tree
    .replace(/( {2}| · )\d[\d,.]* (ms|s)( left)?(?= {2}|\n|$)/g, '')
    .replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:<port>')
    .replace(/child process \d+/g, 'child process <pid>')
    .trimEnd()}\n`;
}
