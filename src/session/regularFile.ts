import { constants, statSync } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { FewAtOnce } from './fewAtOnce.js';

/**
 * Text of a file that a program has named, at most `maxBytes` long. The name may stand for anything: a pipe that nobody
 * writes to, a device without an end, a share of another machine that would be sent this user's credentials. Only
 * regular files of this machine are opened. `undefined` for all else, for what is too large or not there, and for what
 * does not come in time. Never rejects.
 */
export async function readRegularFile(path: string, maxBytes: number): Promise<string | undefined> {
  return isOnOtherMachine(path) ? undefined : reads.run(() => read(path, maxBytes));
}

/** Whether there is such a file that may be read. Never throws. */
export function isRegularFile(path: string): boolean {
  try {
    return !isOnOtherMachine(path) && statSync(path).isFile();
  } catch {
    return false; // a name that no file has
  }
}

/** On Windows `\\host\share` would be asked for with the user's credentials; `\\.\` are devices. */
export function isOnOtherMachine(path: string, platform: NodeJS.Platform = process.platform): boolean {
  return platform === 'win32' && /^[\\/]{2}/.test(path);
}

async function read(path: string, maxBytes: number): Promise<string | undefined> {
  // To open a device may do something, so it is looked at before; and after, since it may be another by then.
  if (!(await stat(path)).isFile()) return undefined;
  const file = await open(path, constants.O_RDONLY | NO_WAIT);
  try {
    const about = await file.stat();
    if (!about.isFile() || about.size > maxBytes) return undefined;
    const bytes = Buffer.alloc(about.size);
    let length = 0;
    while (length < bytes.length) {
      const { bytesRead } = await file.read(bytes, length, Math.min(PIECE_BYTES, bytes.length - length));
      if (bytesRead === 0) break; // it has become shorter
      length += bytesRead;
    }
    return bytes.toString('utf8', 0, length);
  } finally {
    await file.close();
  }
}

/** A pipe is opened without waiting for its other side. Windows has no such option, and needs none. */
const NO_WAIT = (constants as Partial<typeof constants>).O_NONBLOCK ?? 0;
const PIECE_BYTES = 1024 * 1024;

/** One that a file system does not answer keeps a thread of the pool, which has four. */
const reads = new FewAtOnce(2, 3000);
