import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { OutputRecord } from '../../src/cli/outputFile.js';
import { isFinding } from '../../src/protocol/snapshot.js';
import { builtCli } from '../support/builtCli.js';

const FOLDER = path.resolve('test/findings/programs');

/** A small program and what is true of it, as its first comments tell. */
export interface FindingProgram {
  kind: string;
  /** `deadlock/two.js`. */
  name: string;
  file: string;
  /** `floatingPromise 6`: kind and line of what there is to find; of what is asked for, `keptAlive` and the line. */
  truth: string[];
  /** People ask what keeps it running. */
  isAsked: boolean;
  nodeOptions: string[];
  slowAfterMs: string | undefined;
  stopsAfterMs: number | undefined;
}

/** `major`: of the Node that runs them, which may know less. */
export function findingPrograms(major: number): FindingProgram[] {
  return readdirSync(FOLDER).flatMap((kind) =>
    readdirSync(path.join(FOLDER, kind)).map((name) => findingProgram(kind, name, major)),
  );
}

function findingProgram(kind: string, name: string, major: number): FindingProgram {
  const file = path.join(FOLDER, kind, name);
  const text = readFileSync(file, 'utf8');
  const said = (word: string): string | undefined =>
    new RegExp(`^// ${word}: (.*)$`, 'm').exec(text)?.[1]?.trim();
  const finds = said(`finds in ${major}`) ?? said('finds');
  const keeps = said(`keeps in ${major}`) ?? said('keeps');
  if ((finds ?? keeps) === undefined) throw new Error(`${kind}/${name} does not say what is true of it`);
  const stops = said('stops');
  return {
    kind,
    name: `${kind}/${name}`,
    file,
    truth:
      keeps !== undefined
        ? keeps.split(', ').map((line) => `keptAlive ${line}`)
        : finds === 'nothing'
          ? []
          : (finds ?? '').split(', '),
    isAsked: keeps !== undefined,
    nodeOptions: said('node')?.split(' ') ?? [],
    slowAfterMs: said('slow'),
    stopsAfterMs: stops === undefined ? undefined : Number(stops),
  };
}

/** What the tool has found in a program, in the words of its truth. */
export async function found(node: string, program: FindingProgram): Promise<string[]> {
  return program.isAsked ? keeping(node, program) : findings(node, program);
}

async function findings(node: string, program: FindingProgram): Promise<string[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'findings-'));
  try {
    const out = path.join(folder, 'out.jsonl');
    const { file, nodeOptions, slowAfterMs, stopsAfterMs } = program;
    const slow = slowAfterMs === undefined ? [] : ['--slow-after', slowAfterMs];
    // what blocks a busy machine is another matter
    const args = ['run', '--threshold', '0', '--out', out, ...slow, '--', ...nodeOptions, file];
    await runTool(node, args, stopsAfterMs);
    const records = readFileSync(out, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as OutputRecord);
    const last = records.findLast(({ event }) => event === 'snapshot');
    if (last?.event !== 'snapshot') throw new Error(`${program.name} left no snapshot`);
    return last.snapshot.processes
      .flatMap(({ warnings }) => warnings)
      .filter(isFinding)
      .map(({ kind, site }) => `${kind} ${site?.line ?? 'nowhere'}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runTool(node: string, args: string[], stopsAfterMs: number | undefined): Promise<string> {
  const tool = spawn(node, [builtCli(), ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, NODE_OPTIONS: undefined },
  });
  const limit = setTimeout(() => tool.kill('SIGKILL'), LIMIT_MS);
  const stop =
    stopsAfterMs === undefined ? undefined : setTimeout(() => tool.kill('SIGINT'), stopsAfterMs + START_MS);
  let text = '';
  for await (const chunk of tool.stdout.setEncoding('utf8')) text += String(chunk);
  clearTimeout(limit);
  clearTimeout(stop);
  return text;
}

/** The lines that `why` names. */
async function keeping(node: string, { file }: FindingProgram): Promise<string[]> {
  const agent = path.join(path.dirname(builtCli()), 'agent.js');
  const program = spawn(node, ['--inspect=127.0.0.1:0', '--require', agent, file], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: undefined },
  });
  try {
    const address = await new Promise<string>((resolve, reject) => {
      let text = '';
      program.stderr.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
        const [, found] = /ws:\/\/(127\.0\.0\.1:\d+)\//.exec(text) ?? [];
        if (found !== undefined) resolve(found);
      });
      program.once('exit', () => reject(new Error(`${file} ended: ${text}`)));
    });
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    const text = await runTool(node, ['why', address], undefined);
    return text
      .split('\n')
      .filter((line) => line.startsWith('  ') && !line.includes("unref'd"))
      .map((line) => `keptAlive ${/(?:js|\]):(\d+)$/.exec(line.trimEnd())?.[1] ?? 'nowhere'}`);
  } finally {
    program.kill('SIGTERM');
  }
}

const LIMIT_MS = 60_000;
/** A program begins later than the tool does. */
const START_MS = 1_500;
const SETTLE_MS = 1_000;
