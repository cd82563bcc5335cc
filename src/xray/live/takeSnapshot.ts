import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Disposable } from '../../base/disposable.js';
import { UserError } from '../../base/userError.js';
import type { CdpClient } from '../../cdp/client.js';
import type { HeapGraph } from '../heap/heapGraph.js';
import { SnapshotReader } from '../heap/snapshotReader.js';
import type { ProgramCalls } from './programCalls.js';

export interface SnapshotProgress {
  /** Objects that the program has gone through, of how many; absent: it tells only what it sends. */
  done?: number;
  total?: number;
  /** Characters that have arrived. */
  read: number;
}

export interface TakenSnapshot {
  heap: HeapGraph;
  /** Length of its text. */
  characters: number;
}

/** Takes a heap snapshot over the connection: the program stands still while it is made. */
export async function takeSnapshot(
  client: CdpClient,
  limitMs: number,
  onProgress: (progress: SnapshotProgress) => void,
): Promise<TakenSnapshot> {
  const reader = new SnapshotReader();
  const listeners: Disposable[] = [];
  let characters = 0;
  let failure: unknown;
  listeners.push(
    client.on('HeapProfiler.reportHeapSnapshotProgress', ({ done, total }) =>
      onProgress({ done, total, read: characters }),
    ),
    client.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => {
      characters += chunk.length;
      if (failure !== undefined) return;
      try {
        reader.write(chunk);
      } catch (error) {
        failure = error;
      }
      onProgress({ read: characters });
    }),
  );
  try {
    await client.send('HeapProfiler.takeHeapSnapshot', { reportProgress: true }, { timeoutMs: limitMs });
  } finally {
    for (const listener of listeners) listener.dispose();
  }
  if (failure !== undefined) throw failure as Error;
  return { heap: reader.end(), characters };
}

/**
 * Has a program whose loop is held write the snapshot to a file: it is the one way that V8 answers then. The file is in a
 * folder of ours that nobody else may read, and is gone when this settles. `limitMs`: for the writing.
 */
export async function writeSnapshot(calls: ProgramCalls, limitMs: number): Promise<TakenSnapshot> {
  const folder = await mkdtemp(join(tmpdir(), 'asyncdebug-xray-'));
  try {
    const file = join(folder, 'heap.heapsnapshot');
    await calls.value(`require('node:v8').writeHeapSnapshot(${JSON.stringify(file)}), ''`, { limitMs });
    const reader = new SnapshotReader();
    let characters = 0;
    const text = createReadStream(file, { encoding: 'latin1', highWaterMark: PIECE });
    for await (const chunk of text as AsyncIterable<string>) {
      characters += chunk.length;
      reader.write(chunk);
    }
    return { heap: reader.end(), characters };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new UserError(
        'The program is held and runs on another machine: wait until its event loop turns, then try again.',
      );
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** V8 writes nothing but ASCII. */
const PIECE = 256 * 1024;
