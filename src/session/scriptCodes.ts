import { Room } from '../base/room.js';
import type { ScriptCode } from '../model/scriptCode.js';
import { filePath } from './filePath.js';
import { readRegularFile } from './regularFile.js';

/**
 * The code of scripts on disk, the latest asked for. The first question begins to read the file; the parser is loaded
 * with the first file. Nothing here throws.
 */
export class ScriptCodes {
  private readonly scripts = new Map<string, Script | undefined>();
  private readonly reading = new Set<Promise<void>>();

  /** `onDidRead`: it is worth asking again. */
  constructor(
    private readonly onDidRead: () => void,
    private readonly room = roomOfAll,
  ) {}

  /** `undefined` while it is not there, or if it cannot be: no file, too large, or not JavaScript as it is written. */
  get(url: string): ScriptCode | undefined {
    if (!this.scripts.has(url)) this.read(url);
    return this.scripts.get(url)?.code;
  }

  async whenRead(): Promise<void> {
    while (this.reading.size > 0) await Promise.all(this.reading);
  }

  clear(): void {
    for (const url of this.scripts.keys()) this.forget(url);
  }

  private read(url: string): void {
    this.scripts.set(url, undefined);
    const [oldest] = this.scripts.keys();
    if (this.scripts.size > MAX_SCRIPTS && oldest !== undefined) this.forget(oldest);
    const path = filePath(url);
    if (path === undefined || COMPILED.test(path)) return;
    const work = scriptOf(path).then((script) => {
      if (script === undefined || !this.scripts.has(url) || !this.room.take(script.size)) return;
      this.forget(url);
      this.scripts.set(url, script);
      this.onDidRead();
    });
    this.reading.add(work);
    void work.finally(() => this.reading.delete(work));
  }

  private forget(url: string): void {
    this.room.give(this.scripts.get(url)?.size ?? 0);
    this.scripts.delete(url);
  }
}

interface Script {
  code: ScriptCode;
  /** Letters of its text. */
  size: number;
}

async function scriptOf(path: string): Promise<Script | undefined> {
  const text = await readRegularFile(path, MAX_BYTES);
  if (text === undefined) return undefined;
  const { parseScript } = await import('../source/parseScript.js');
  const code = parseScript(text);
  return code && { code, size: text.length };
}

/** What is written in these is not what runs. */
const COMPILED = /\.(?:[cm]?ts|tsx|jsx|vue|svelte|coffee)$/;
const MAX_SCRIPTS = 50;
/** A megabyte takes 150 ms to parse. */
const MAX_BYTES = 1024 * 1024;
/** Letters of the scripts of all programs together. A syntax tree takes about twenty times the memory of its text. */
const roomOfAll = new Room(4 * 1024 * 1024);
