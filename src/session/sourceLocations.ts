import type { Disposable } from '../base/disposable.js';
import { Emitter, type Event } from '../base/emitter.js';
import { Room } from '../base/room.js';
import type { Logger } from '../base/logger.js';
import type { SiteResolver } from '../model/siteResolver.js';
import type { ScriptCode } from '../model/scriptCode.js';
import type { Site } from '../protocol/snapshot.js';
import type { WireFrame } from '../protocol/wire.js';
import { filePath } from './filePath.js';
import { localPath, type PathRoots } from './remotePaths.js';
import { ScriptCodes } from './scriptCodes.js';
import { loadSourceMap, type OriginalPlaces } from './sourceMapFile.js';
import { SOURCE_MAP_ROOM } from './sourceMapInput.js';

/**
 * Tells places in the original sources of one debuggee. The first question about a script begins to load its map
 * and gives the generated place; `onDidLoad` tells when it is worth asking again. Nothing here throws.
 */
export class SourceLocations implements SiteResolver, Disposable {
  readonly onDidLoad: Event<void>;
  private readonly loaded: Emitter<void>;
  private readonly scripts = new Map<string, OriginalPlaces | 'loading' | 'none'>();
  private readonly loading = new Set<Promise<void>>();
  private readonly codes = new ScriptCodes(() => this.loaded.fire());
  private askProgram: ((url: string) => Promise<string>) | undefined;
  private isDisposed = false;

  constructor(
    private readonly logger: Logger,
    private readonly room = roomOfAll,
    /** Of a program that runs elsewhere. */
    private readonly roots?: PathRoots,
  ) {
    this.loaded = new Emitter((error) => logger.error('A listener of source maps failed', error));
    this.onDidLoad = this.loaded.event;
  }

  /** Where a map is looked for that the disk does not have: the JSON of a source map or of `null`. */
  useProgram(ask: (url: string) => Promise<string>): void {
    this.askProgram = ask;
  }

  resolve(frame: WireFrame): Site {
    const named = filePath(frame.url);
    const path = named === undefined ? undefined : localPath(named, this.roots);
    const generated: Site = { file: path ?? frame.url, line: frame.line, column: frame.column };
    if (frame.function !== '') generated.function = frame.function;
    if (path === undefined && !MAY_HAVE_MAP.test(frame.url)) return generated;
    const places = this.scripts.get(frame.url);
    if (places === undefined) this.load(frame.url, path);
    if (typeof places !== 'object') return generated;
    const original = places.at(frame.line, frame.column);
    return original ? { ...generated, ...original } : generated;
  }

  /** Of a script whose text on disk is what runs. */
  code(url: string): ScriptCode | undefined {
    const places = this.scripts.get(url);
    return typeof places === 'object' && places.isCompiledOnTheFly ? undefined : this.codes.get(url);
  }

  /** Resolves when all that was asked for so far is there, or known not to be. */
  async whenLoaded(): Promise<void> {
    while (this.loading.size > 0) await Promise.all(this.loading);
    await this.codes.whenRead();
  }

  dispose(): void {
    this.isDisposed = true;
    this.loaded.dispose();
    for (const places of this.scripts.values()) if (typeof places === 'object') this.room.give(places.size);
    this.scripts.clear();
    this.codes.clear();
  }

  private load(url: string, path: string | undefined): void {
    if (this.scripts.size >= MAX_SCRIPTS) return;
    this.scripts.set(url, 'loading');
    const work = this.find(url, path).then(
      (places) => {
        if (this.isDisposed) return;
        if (places && !this.room.take(places.size)) {
          this.scripts.set(url, 'none');
          this.logger.info(
            `The source map of ${url} is not used: those of other scripts take all of the room.`,
          );
          return;
        }
        this.scripts.set(url, places ?? 'none');
        if (places) this.loaded.fire();
      },
      (error: unknown) => {
        this.scripts.set(url, 'none');
        this.logger.debug(`No source map of ${url}: ${String(error)}`);
      },
    );
    this.loading.add(work);
    void work.finally(() => this.loading.delete(work));
  }

  private async find(url: string, path: string | undefined): Promise<OriginalPlaces | undefined> {
    return loadSourceMap(path, async () => {
      // A package's file is run as it is; anything else may have been compiled on the fly.
      if (!this.askProgram || /[\\/]node_modules[\\/]/.test(url)) return undefined;
      return this.askProgram(url);
    });
  }
}

/** Scripts that have no file but may have been compiled from one. */
const MAY_HAVE_MAP = /^webpack/;
const MAX_SCRIPTS = 20_000;
const roomOfAll = new Room(SOURCE_MAP_ROOM);
