import { Room } from '../base/room.js';
import { filePath } from './filePath.js';
import { readRegularFile } from './regularFile.js';

/** Texts of scripts on disk, the latest asked for. The first question begins to read the file. Nothing here throws. */
export class SourceTexts {
  private readonly texts = new Map<string, string | undefined>();
  private readonly reading = new Set<Promise<void>>();

  /** `onDidRead`: it is worth asking again. */
  constructor(
    private readonly onDidRead: () => void,
    private readonly room = roomOfAll,
  ) {}

  /** `undefined` while it is not there, or if it cannot be. */
  get(url: string): string | undefined {
    if (!this.texts.has(url)) this.read(url);
    return this.texts.get(url);
  }

  async whenRead(): Promise<void> {
    while (this.reading.size > 0) await Promise.all(this.reading);
  }

  clear(): void {
    for (const url of this.texts.keys()) this.forget(url);
  }

  private read(url: string): void {
    this.texts.set(url, undefined);
    const [oldest] = this.texts.keys();
    if (this.texts.size > MAX_TEXTS && oldest !== undefined) this.forget(oldest);
    const path = filePath(url);
    if (path === undefined) return;
    const work = readRegularFile(path, MAX_BYTES).then((text) => {
      if (text === undefined || !this.texts.has(url) || !this.room.take(text.length)) return;
      this.forget(url);
      this.texts.set(url, text);
      this.onDidRead();
    });
    this.reading.add(work);
    void work.finally(() => this.reading.delete(work));
  }

  private forget(url: string): void {
    this.room.give(this.texts.get(url)?.length ?? 0);
    this.texts.delete(url);
  }
}

const MAX_TEXTS = 50;
const MAX_BYTES = 2 * 1024 * 1024;
/** Letters of the texts of all programs together. */
const roomOfAll = new Room(32 * 1024 * 1024);
