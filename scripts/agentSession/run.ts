// npm run agent-session [-- NAME…]: an agent's session over MCP with programs that are stuck. Tells in how many of the
// answers the line at fault is. `-- --answers` also prints them.
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { PROJECT } from '../cacheFolder.js';
import { build } from '../programs.js';
import { AGENT_CASES, type AgentCase } from './cases.js';

const PROGRAMS = join(__dirname, 'programs');
/** A program is stuck by then. */
const START_MS = 1000;
const ATTEMPTS = 20;
const ENOUGH = 18;

/** What an agent reads when it asks about one of the programs. */
export async function answerOf(
  client: Client,
  { program, tool, input = {}, ...how }: AgentCase,
): Promise<string> {
  const file = join(PROGRAMS, `${program}.cjs`);
  let child: ChildProcess | undefined;
  try {
    if (how.attach) {
      const env = { ...process.env };
      if (how.attach === 'watched') env['NODE_OPTIONS'] = `--require ${join(PROJECT, 'dist', 'agent.js')}`;
      child = spawn(process.execPath, [file], { env, stdio: 'ignore' });
      await delay(how.afterMs ?? START_MS);
      await attached(client, String(child.pid));
    } else {
      await call(client, 'run', { program: `${how.options ?? ''} "${file}"`, cwd: PROGRAMS });
      await delay(how.afterMs ?? START_MS);
    }
    return await call(client, tool, input);
  } finally {
    await call(client, 'stop', {});
    child?.kill('SIGKILL');
  }
}

/** A program that has only just started does not let itself be attached to, and says so. */
async function attached(client: Client, target: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await call(client, 'attach', { target });
      return;
    } catch (error) {
      if (attempt === ATTEMPTS || !/only just started/.test(String(error))) throw error;
      await delay(START_MS);
    }
  }
}

/** `lock-not-released.cjs:5`: where the fault is. */
export function faultOf({ program }: AgentCase): string {
  const lines = readFileSync(join(PROGRAMS, `${program}.cjs`), 'utf8').split('\n');
  return `${program}.cjs:${lines.findIndex((line) => line.endsWith('// FAULT')) + 1}`;
}

/** Starts the server as an agent does. */
export async function connectClient(): Promise<Client> {
  const client = new Client({ name: 'agent-session', version: '1.0.0' });
  await client.connect(
    new StdioClientTransport({ command: process.execPath, args: [join(PROJECT, 'dist', 'cli.js'), 'mcp'] }),
  );
  return client;
}

async function call(client: Client, name: string, input: Record<string, unknown>): Promise<string> {
  const { content, isError } = (await client.callTool({ name, arguments: input })) as {
    content: { text?: string }[];
    isError?: boolean;
  };
  const text = content.map((part) => part.text ?? '').join('\n');
  if (isError) throw new Error(`${name}: ${text}`);
  return text;
}

async function main(args: readonly string[]): Promise<void> {
  const names = args.filter((arg) => !arg.startsWith('--'));
  if (!args.includes('--built')) await build();
  const client = await connectClient();
  const cases = AGENT_CASES.filter(({ program }) => names.length === 0 || names.includes(program));
  let right = 0;
  for (const one of cases) {
    const answer = await answerOf(client, one).catch(String);
    const isRight = new RegExp(`${faultOf(one).replaceAll('.', '\\.')}(?!\\d)`).test(answer);
    if (isRight) right++;
    process.stdout.write(`${isRight ? '✓' : '✗'} ${one.program}, ${one.tool}: ${faultOf(one)}\n`);
    if (args.includes('--answers') || !isRight) process.stdout.write(`${answer.replace(/^/gm, '    ')}\n`);
  }
  await client.close();
  process.stdout.write(`\n${right} of ${cases.length} answers name the line at fault\n`);
  if (names.length === 0 && right < ENOUGH) process.exitCode = 1;
}

if (require.main === module)
  main(process.argv.slice(2)).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 1;
  });
