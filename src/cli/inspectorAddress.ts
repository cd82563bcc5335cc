import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Disposable } from '../base/disposable.js';

/**
 * Where a program that is started tells the address of its inspector: a file in a folder that only this user may enter.
 * Whoever knows the address may do anything in the program, so the inspector itself tells it to nobody.
 */
export class InspectorAddress implements Disposable {
  /** Path of the file; empty where there can be none, and the program runs unwatched. */
  readonly file: string;
  private readonly folder: string | undefined;

  constructor() {
    try {
      this.folder = mkdtempSync(join(tmpdir(), 'asyncdebug-'));
    } catch {
      this.folder = undefined;
    }
    this.file = this.folder === undefined ? '' : join(this.folder, 'inspector');
  }

  /** `undefined` as long as the program has not told it. Never throws. */
  read(): string | undefined {
    try {
      return /^(ws:\S+)\n$/.exec(readFileSync(this.file, 'utf8'))?.[1];
    } catch {
      return undefined;
    }
  }

  /** Takes the file away. */
  dispose(): void {
    if (this.folder !== undefined) rmSync(this.folder, { recursive: true, force: true });
  }
}

/**
 * The option that keeps Node from telling everybody the address at `/json/list`. From Node 23 on it is told on stderr
 * then, where `InspectorNoise` takes it out; before, "nobody" can be asked for.
 */
export function hidingOption(nodeVersion: string): string {
  return `--inspect-publish-uid=${parseInt(nodeVersion.slice(1), 10) < 23 ? ',' : 'stderr'}`;
}
