// Connects to a program with very many pending promises, fetches them all, then what changes, and tells what each step
// took in the program and here.
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { silentLogger } from '../../src/base/logger.js';
import { CdpClient } from '../../src/cdp/client.js';
import { connectWebSocket } from '../../src/cdp/webSocketTransport.js';
import { Debuggee } from '../../src/model/debuggee.js';
import { taskRows } from '../../src/model/presenter/index.js';
import type { Hello, SentBeat } from '../../src/protocol/wire.js';
import { plainSites } from '../../test/support/wire.js';

const SETTINGS = { thresholdMs: 100, siteBudget: 0.1 };
const CONNECT_LIMIT_MS = 5_000;
const BEAT_MS = 100;
const BEATS = 100;
const SHOWS = 5;
/** As the view asks. */
const OPTIONS = { grouping: 'awaits', filter: '', internals: false, maxRows: 500 } as const;

/** What the program says of its own time. */
interface Report {
  times: number[];
  longestMs: number;
  collectionMs: number;
}

interface AppliedBeat {
  /** To read and to apply it. */
  ms: number;
  ended: number;
}

class Host {
  private readonly debuggee = new Debuggee({ session: 'program', name: 'program' }, plainSites);

  private constructor(private readonly client: CdpClient) {}

  static async connect(url: string): Promise<Host> {
    const transport = await connectWebSocket(url, CONNECT_LIMIT_MS);
    return new Host(new CdpClient(transport, silentLogger, { connection: 'direct' }));
  }

  async measure(): Promise<object> {
    await this.evaluate('measured.report()');
    const hello = JSON.parse(
      await this.evaluate<string>(`measured.connect(${JSON.stringify(SETTINGS)})`),
    ) as Hello;
    this.debuggee.hello(hello, performance.now());
    const connect = await this.report();
    const beganMs = performance.now();
    const applied = await this.heard();
    const wholeMs = performance.now() - beganMs;
    const whole = await this.report();
    const first = this.show();
    await this.evaluate('void measured.change()');
    const appliedChanges = [];
    for (let beat = 0; beat < BEATS; beat++) {
      await wait(BEAT_MS);
      appliedChanges.push(...(await this.heard()));
    }
    const changes = await this.report();
    const shown = [];
    for (let show = 0; show < SHOWS; show++) {
      await wait(BEAT_MS);
      await this.heard();
      shown.push(this.show());
    }
    globalThis.gc?.();
    const { rss, heapUsed } = process.memoryUsage();
    return { connect, whole, wholeMs, applied, first, changes, appliedChanges, shown, rss, heapUsed };
  }

  /** Asks until there is no more to tell. */
  private async heard(): Promise<AppliedBeat[]> {
    const beats: AppliedBeat[] = [];
    for (let more = true; more;) {
      const text = await this.evaluate<string>('measured.beat()');
      const beganMs = performance.now();
      const beat = JSON.parse(text) as SentBeat;
      this.debuggee.apply(beat, beganMs);
      beats.push({ ms: performance.now() - beganMs, ended: beat.ended.length });
      more = beat.more;
    }
    return beats;
  }

  private show(): object {
    const beganMs = performance.now();
    const process = this.debuggee.snapshot(beganMs);
    const takenMs = performance.now();
    taskRows({ version: 1, takenAt: '', processes: [process] }, OPTIONS);
    const rowsMs = performance.now() - takenMs;
    return { tasks: process.tasks.length, snapshotMs: takenMs - beganMs, rowsMs };
  }

  private report(): Promise<Report> {
    return this.evaluate<Report>('measured.report()');
  }

  private async evaluate<T>(expression: string): Promise<T> {
    const answer = await this.client.send('Runtime.evaluate', { expression, returnByValue: true });
    if (answer.exceptionDetails) throw new Error(answer.exceptionDetails.text);
    return answer.result.value as T;
  }
}

let host: Host | undefined;

process.on('message', ({ url }: { url?: string }) => {
  const answer = async (): Promise<object> => {
    if (url !== undefined) host = await Host.connect(url);
    else if (host !== undefined) return host.measure();
    return {};
  };
  void answer().then((result) => process.send?.(result));
});
process.once('disconnect', () => process.exit());
process.send?.('started');
