import { readFile, stat } from 'node:fs/promises';
import { filePath } from './filePath.js';

/** Texts of scripts on disk, the latest asked for. The first question begins to read the file. Nothing here throws. */
export class SourceTexts {
  private readonly texts = new Map<string, string | undefined>();
  private readonly reading = new Set<Promise<void>>();

  /** `onDidRead`: it is worth asking again. */
  constructor(private readonly onDidRead: () => void) {}

  /** `undefined` while it is not there, or if it cannot be. */
  get(url: string): string | undefined {
    if (!this.texts.has(url)) this.read(url);
    return this.texts.get(url);
  }

  async whenRead(): Promise<void> {
    while (this.reading.size > 0) await Promise.all(this.reading);
  }

  clear(): void {
    this.texts.clear();
  }

  private read(url: string): void {
    this.texts.set(url, undefined);
    const [oldest] = this.texts.keys();
    if (this.texts.size > MAX_TEXTS && oldest !== undefined) this.texts.delete(oldest);
    const path = filePath(url);
    if (path === undefined) return;
    const work = textOf(path).then((text) => {
      if (text === undefined || !this.texts.has(url)) return;
      this.texts.set(url, text);
      this.onDidRead();
    });
    this.reading.add(work);
    void work.finally(() => this.reading.delete(work));
  }
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    const { size } = await stat(path);
    return size > MAX_BYTES ? undefined : await readFile(path, 'utf8');
  } catch {
    return undefined; // there is no such file, or it is not to be read
  }
}

const MAX_TEXTS = 50;
const MAX_BYTES = 2 * 1024 * 1024;
