// Connects to a program with very many pending promises, fetches them all, then what changes, and tells what each step
// took in the program and here, with the views kept up to date as the extension does.
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { silentLogger } from '../../src/base/logger.js';
import { CdpClient } from '../../src/cdp/client.js';
import { connectWebSocket } from '../../src/cdp/webSocketTransport.js';
import { Debuggee } from '../../src/model/debuggee.js';
import type { TaskRowOptions } from '../../src/model/presenter/index.js';
import { WireDecoder } from '../../src/model/wire/wireDecoder.js';
import { TASKS_AT_ONCE } from '../../src/ui/sessions/liveSnapshot.js';
import { plainSites } from '../../test/support/wire.js';
import { Views } from './views.js';

const SETTINGS = { thresholdMs: 100, siteBudget: 0.1 };
const CONNECT_LIMIT_MS = 5_000;
const POLL_MS = 100;
const POLLS = 100;
/** What people choose to see instead; nothing has the text. */
const WAYS = {
  filter: { filter: 'no such text' },
  site: { grouping: 'site' },
  type: { grouping: 'type' },
  age: { grouping: 'age' },
  internals: { internals: true },
} as const;
const WAY_POLLS = 30;
/** As the extension asks before it gives the program a rest. */
const POLLS_IN_A_ROW = 20;

/** What the program says of its own time. */
interface Report {
  times: number[];
  longestMs: number;
  collectionMs: number;
}

interface AppliedPoll {
  /** To read and to apply it. */
  ms: number;
  ended: number;
}

class Host {
  private readonly debuggee = new Debuggee({ session: 'program', name: 'program' }, plainSites);
  private readonly decoder = new WireDecoder();
  private readonly views = new Views((atMs) => this.debuggee.snapshot(atMs));

  private constructor(private readonly client: CdpClient) {
    this.debuggee.tasksAtOnce = TASKS_AT_ONCE;
  }

  static async connect(url: string): Promise<Host> {
    const transport = await connectWebSocket(url, CONNECT_LIMIT_MS);
    return new Host(new CdpClient(transport, silentLogger, { connection: 'direct' }));
  }

  async measure(): Promise<object> {
    await this.evaluate('measured.report()');
    const hello = await this.evaluate<string>(`measured.connect(${JSON.stringify(SETTINGS)})`);
    this.debuggee.hello(this.decoder.hello(hello), performance.now());
    const connect = await this.report();
    const beganMs = performance.now();
    const applied = await this.heard();
    const wholeMs = performance.now() - beganMs;
    const whole = await this.report();
    const filled = await this.views.whole();
    const shownMs = performance.now() - beganMs;
    await this.evaluate('void measured.change()');
    const appliedChanges = await this.hearPolls(POLLS);
    const changes = await this.report();
    const followed = await this.views.whole();
    globalThis.gc?.();
    const { rss, heapUsed } = process.memoryUsage();
    return {
      connect,
      whole,
      wholeMs,
      applied,
      shownMs,
      filled,
      changes,
      appliedChanges,
      followed,
      tasks: this.views.tasks,
      rss,
      heapUsed,
    };
  }

  async measureWays(): Promise<object> {
    const ways: Record<string, object> = {};
    for (const [name, way] of Object.entries(WAYS)) ways[name] = await this.show(way);
    this.views.close();
    return ways;
  }

  private async show(way: Partial<TaskRowOptions>): Promise<object> {
    const beganMs = performance.now();
    this.views.show(way);
    while (this.views.isLooking) await this.hearPolls(1);
    const lookedMs = performance.now() - beganMs;
    const looked = await this.views.whole();
    await this.hearPolls(WAY_POLLS);
    return { lookedMs, looked, followed: await this.views.whole() };
  }

  private async hearPolls(count: number): Promise<AppliedPoll[]> {
    const applied = [];
    for (let poll = 0; poll < count; poll++) {
      await wait(POLL_MS);
      applied.push(...(await this.heard()));
    }
    return applied;
  }

  /** Asks until there is no more to tell. */
  private async heard(): Promise<AppliedPoll[]> {
    const polls: AppliedPoll[] = [];
    for (let more = true; more;) {
      const text = await this.evaluate<string>('measured.poll()');
      const beganMs = performance.now();
      const poll = this.decoder.poll(text);
      this.debuggee.apply(poll, beganMs);
      polls.push({ ms: performance.now() - beganMs, ended: poll.ended.length });
      this.views.changed();
      more = poll.more;
      if (more && polls.length % POLLS_IN_A_ROW === 0) await wait(POLL_MS);
    }
    return polls;
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

process.on('message', ({ url, ways = false }: { url?: string; ways?: boolean }) => {
  const answer = async (): Promise<object> => {
    if (url !== undefined) host = await Host.connect(url);
    else if (host !== undefined) return ways ? host.measureWays() : host.measure();
    return {};
  };
  void answer().then((result) => process.send?.(result));
});
process.once('disconnect', () => process.exit());
process.send?.('started');
