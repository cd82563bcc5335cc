import { t } from '../base/texts.js';
import { constants, createWriteStream, fstatSync, openSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { counted } from '../model/numbers.js';
import { plainJson } from '../model/plainJson.js';
import type { Snapshot, Warning } from '../protocol/snapshot.js';
import { OptionError } from './command.js';

export type OutputRecord =
  | { event: 'warning'; warning: Warning }
  | { event: 'snapshot'; snapshot: Snapshot }
  | { event: 'exit'; code: number | null; signal: string | null }
  /** So many records before this one could not be kept until they were read. */
  | { event: 'dropped'; records: number };

/**
 * The file of --out: one JSON object a line. Nobody waits for whoever reads it: what does not fit into a bounded queue is
 * dropped and counted. A file that cannot be written any more is given up with one message.
 */
export class OutputFile {
  private stream: Writable | undefined;
  private droppedInARow = 0;
  private dropped = 0;

  private constructor(
    private readonly path: string,
    descriptor: number,
    private readonly onProblem: (message: string) => void,
  ) {
    // What a thread of the pool waits to write would keep this process from ending.
    this.stream = fstatSync(descriptor).isFIFO()
      ? new Socket({ fd: descriptor, readable: false, writable: true })
      : createWriteStream('', { fd: descriptor });
    this.stream.on('error', (error) => this.failed(error));
  }

  /** Rejects with an OptionError when the file cannot be opened; a pipe must have a reader soon. */
  static async open(path: string, onProblem: (message: string) => void): Promise<OutputFile> {
    for (let waitedMs = 0; ; waitedMs += READER_PAUSE_MS) {
      try {
        return new OutputFile(path, openSync(path, FLAGS, 0o666), onProblem);
      } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException;
        if (code !== 'ENXIO') {
          throw new OptionError(t('--out: {0} cannot be written ({1}). Give another file.', path, message));
        }
        if (waitedMs >= READER_LIMIT_MS) {
          throw new OptionError(t('--out: nobody reads from {0}. Start its reader first.', path));
        }
        await delay(READER_PAUSE_MS);
      }
    }
  }

  write(record: OutputRecord): void {
    const { stream } = this;
    if (!stream) return;
    if (stream.writableLength > MAX_QUEUED_BYTES) {
      this.dropped++;
      this.droppedInARow++;
      return;
    }
    if (this.droppedInARow > 0) put(stream, { event: 'dropped', records: this.droppedInARow });
    this.droppedInARow = 0;
    put(stream, record);
  }

  /** Resolves when all is written, or nobody takes it. */
  async end(): Promise<void> {
    const { stream } = this;
    if (!stream) return;
    const written = new Promise<boolean>((resolve) => {
      stream.once('close', () => resolve(true));
      stream.end();
    });
    const isWritten = await Promise.race([written, delay(END_LIMIT_MS, false, { ref: false })]);
    this.stream = undefined;
    if (!isWritten) stream.destroy();
    if (!isWritten || this.dropped > 0) {
      const { path, dropped } = this;
      this.onProblem(
        dropped > 0
          ? t(
              '--out: {0} is incomplete: its reader was too slow, {1} left out.',
              path,
              counted(dropped, 'line'),
            )
          : t('--out: {0} is incomplete: its reader was too slow.', path),
      );
    }
  }

  private failed(error: Error): void {
    if (!this.stream) return;
    this.stream = undefined;
    this.onProblem(
      t(
        '--out: writing to {0} failed ({1}). Nothing more is written to it; the program goes on.',
        this.path,
        error.message,
      ),
    );
  }
}

function put(stream: Writable, record: OutputRecord): void {
  stream.write(`${plainJson(record)}\n`);
}

/** Opening a pipe does not wait for its reader. Windows has no such option. */
const FLAGS =
  constants.O_WRONLY |
  constants.O_CREAT |
  constants.O_TRUNC |
  ((constants as Partial<typeof constants>).O_NONBLOCK ?? 0);
const READER_PAUSE_MS = 50;
const READER_LIMIT_MS = 3000;
const MAX_QUEUED_BYTES = 16 * 1024 * 1024;
const END_LIMIT_MS = 2000;
