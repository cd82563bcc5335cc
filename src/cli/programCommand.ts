import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { delimiter, dirname, extname, join, resolve, sep } from 'node:path';

/** How the words after `run` are started. */
export interface ProgramCommand {
  /** `node`: the words are for the Node.js that the tool itself runs in. `command`: the first one is a program. */
  kind: 'node' | 'command';
  /** Path of what is started; of `node` the words are its arguments. */
  file?: string;
}

/** Where programs are looked for. */
export interface Surroundings {
  cwd: string;
  /** PATH. */
  path: string;
  /** PATHEXT of Windows: what a command's file name may end in. */
  extensions: readonly string[];
}

export function surroundings(): Surroundings {
  const isWindows = process.platform === 'win32';
  return {
    cwd: process.cwd(),
    path: process.env['PATH'] ?? '',
    extensions: isWindows ? (process.env['PATHEXT'] ?? '.COM;.EXE;.BAT;.CMD').split(';') : [''],
  };
}

/**
 * A file is a program for Node, unless it says that something else runs it. Any other word is a command: one of the
 * packages that are installed here, or one on the PATH. What is neither is left to Node, which says so.
 */
export function programCommand(words: readonly string[], where: Surroundings): ProgramCommand {
  const [word = ''] = words;
  if (word.startsWith('-')) return { kind: 'node' };
  const file = resolve(where.cwd, word);
  if (isFile(file)) return isForNode(file) ? { kind: 'node' } : { kind: 'command', file };
  const isPath = word.includes('/') || word.includes(sep);
  if (isPath || SCRIPT.test(word) || existsSync(`${file}.js`)) return { kind: 'node' };
  const command = found(word, [...installedCommands(where.cwd), ...where.path.split(delimiter)], where);
  return command === undefined ? { kind: 'node' } : { kind: 'command', file: command };
}

/** Folders of the commands of installed packages, the nearest first. */
function installedCommands(cwd: string): string[] {
  const folders: string[] = [];
  for (let folder = cwd; ; folder = dirname(folder)) {
    folders.push(join(folder, 'node_modules', '.bin'));
    if (dirname(folder) === folder) return folders;
  }
}

function found(word: string, folders: readonly string[], { extensions }: Surroundings): string | undefined {
  const endings = extname(word) === '' ? extensions : ['', ...extensions];
  for (const folder of folders) {
    if (folder === '') continue;
    for (const ending of endings) {
      const file = join(folder, word + ending);
      if (isFile(file)) return file;
    }
  }
  return undefined;
}

function isFile(file: string): boolean {
  try {
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** By its name, else by its first bytes. */
function isForNode(file: string): boolean {
  if (SCRIPT.test(file)) return true;
  const start = firstBytes(file);
  const interpreter = /^#!.*/.exec(start)?.[0];
  if (interpreter !== undefined) return /\bnode\b/.test(interpreter);
  return !BINARY.test(start);
}

function firstBytes(file: string): string {
  try {
    const descriptor = openSync(file, 'r');
    try {
      const bytes = Buffer.alloc(256);
      return bytes.toString('latin1', 0, readSync(descriptor, bytes));
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return '';
  }
}

const SCRIPT = /\.[cm]?[jt]sx?$/i;
/** Executables of Linux, Windows and macOS. */
const BINARY = /^(?:\x7fELF|MZ|\xcf\xfa\xed\xfe|\xca\xfe\xba\xbe)/;
