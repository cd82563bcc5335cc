import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { NodeUnderTest } from '../support/nodeVersions.js';

/** A program that waits in one way, and from which version of Node on it can. */
export interface ZooProgram {
  /** Its file in the zoo. */
  file: string;
  path: string;
  /** Major version of Node that its line `// Node 24 and later` names; 0 without such a line. */
  since: number;
  /** Its first line: what it shows. */
  sentence: string;
}

const FOLDER = path.resolve('test/agent/zoo');

/** All programs, or those that a version of Node can run. */
export function zooPrograms(major = Infinity): ZooProgram[] {
  return readdirSync(FOLDER)
    .filter((file) => /\.m?js$/.test(file))
    .map(read)
    .filter(({ since }) => since <= major);
}

/** What the first releases of a line cannot run yet. */
const LACKS: Readonly<Record<string, readonly string[]>> = { '24.0.0': ['web-locks.js'] };

/** Whether a release of Node can run a program. */
export function canRun({ major, version }: NodeUnderTest, { file, since }: ZooProgram): boolean {
  return since <= major && LACKS[version]?.includes(file) !== true;
}

/** Files that hold trees, without the folder. */
export function goldenFiles(): string[] {
  return readdirSync(FOLDER).filter((file) => file.endsWith('.txt'));
}

/** `name.txt` for all versions of Node; `name.node18.txt` for one that differs, `name.node20.11.1.txt` for one release. */
export function goldenFile(program: ZooProgram, version?: number | string): string {
  const name = program.path.replace(/\.m?js$/, '');
  return version === undefined ? `${name}.txt` : `${name}.node${version}.txt`;
}

/** The tree that a release of Node must give. */
export function goldenTree(program: ZooProgram, { version, major }: NodeUnderTest): string {
  const files = [goldenFile(program, version), goldenFile(program, major), goldenFile(program)];
  return readFileSync(files.find((file) => existsSync(file)) ?? '', 'utf8');
}

function read(file: string): ZooProgram {
  const program = path.join(FOLDER, file);
  const [first = '', second = ''] = readFileSync(program, 'utf8').split('\n', 2);
  const since = Number(/^\/\/ Node (\d+) and later$/.exec(second)?.[1] ?? 0);
  return { file, path: program, since, sentence: /^\/\/ (.*)/.exec(first)?.[1] ?? '' };
}
