import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { PROGRAMS } from './folders.js';

/** One way to block the loop. Its program is `programs/kinds/NAME.cjs`. */
export interface Kind {
  name: string;
  /** For the table. */
  title: string;
  /** Any of these is right. */
  causes: readonly string[];
  /** What the message must name. */
  says?: RegExp;
  /** A call that is native to its end: where it is the last thing in its function, that function is right too. */
  isNative?: true;
  /** It waits, and needs no processor. */
  waits?: true;
}

const JAVASCRIPT = ['javascript'];
const CALL = ['synchronous call'];

export const KINDS: readonly Kind[] = [
  { name: 'ownLoop', title: 'loop', causes: JAVASCRIPT },
  { name: 'nestedLoop', title: 'loop in a called function', causes: JAVASCRIPT },
  { name: 'jsonParse', title: 'JSON.parse', causes: CALL, says: /JSON\.parse/, isNative: true },
  { name: 'jsonStringify', title: 'JSON.stringify', causes: CALL, says: /JSON\.stringify/, isNative: true },
  { name: 'sort', title: 'sort with a comparison', causes: [...JAVASCRIPT, ...CALL] },
  {
    name: 'regexp',
    title: 'regular expression',
    causes: ['regular expression'],
    says: /regular expression/,
    isNative: true,
  },
  { name: 'readBigFile', title: 'readFileSync, a big file', causes: CALL, says: /readFileSync/ },
  { name: 'readManyFiles', title: 'readFileSync, many files', causes: CALL, says: /readFileSync/ },
  { name: 'execSync', title: 'execSync', causes: CALL, says: /execSync/, isNative: true, waits: true },
  { name: 'pbkdf2Sync', title: 'pbkdf2Sync', causes: CALL, says: /pbkdf2Sync/, isNative: true },
  { name: 'gzipSync', title: 'gzipSync', causes: CALL, says: /gzipSync/, isNative: true },
  { name: 'hash', title: 'hash.update', causes: CALL, says: /update/, isNative: true },
  {
    name: 'requireTree',
    title: 'require of a large tree',
    causes: ['module loading'],
    says: /loading modules/,
  },
  { name: 'garbage', title: 'much garbage', causes: JAVASCRIPT },
  { name: 'microtasks', title: 'chain of awaits', causes: ['microtasks'], says: /chain/ },
  { name: 'nextTicks', title: 'chain of nextTicks', causes: ['microtasks'], says: /chain/ },
  {
    name: 'atomicsWait',
    title: 'Atomics.wait',
    causes: CALL,
    says: /Atomics\.wait/,
    isNative: true,
    waits: true,
  },
  { name: 'wasmLoop', title: 'WebAssembly loop', causes: CALL, says: /WebAssembly/, isNative: true },
];

const MARK = '// blocks';
const FROM = '// blocks from here';
const TO = '// to here';
const load = createRequire(__filename);

/** Whether the kind can be the last thing in its function. */
export function canBeLast({ name }: Kind): boolean {
  return 'last' in (load(kindFile(name)) as object);
}

export function kindFile(name: string): string {
  return join(PROGRAMS, 'kinds', `${name}.cjs`);
}

export function kindOf(name: string): Kind {
  const kind = KINDS.find((each) => each.name === name);
  if (kind === undefined) throw new Error(`There is no kind "${name}"; there are ${names()}`);
  return kind;
}

/** The lines that are marked as those that block, and the first lines of the functions around them. */
export function linesOf(name: string): { blocking: number[]; functions: number[] } {
  const blocking: number[] = [];
  const functions: number[] = [];
  let isWithin = false;
  for (const [i, line] of readFileSync(kindFile(name), 'utf8').split('\n').entries()) {
    if (line.endsWith(FROM)) isWithin = true;
    else if (line.endsWith(TO)) isWithin = false;
    else if (isWithin || line.endsWith(MARK)) blocking.push(i + 1);
    if (/\bfunction (middle|last)\(/.test(line)) functions.push(i + 1);
  }
  return { blocking, functions };
}

function names(): string {
  return KINDS.map(({ name }) => name).join(', ');
}
