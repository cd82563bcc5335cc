import { constants } from 'node:os';
import { Worker } from 'node:worker_threads';
import { type BridgeData, Stage } from './bridgeData.js';
import { BRIDGE_NAME } from './runVariable.js';

/**
 * The thread through which the tool asks this process. It is not Node's own inspector over a port, which writes to
 * the stderr of whoever listens there, and to which others could connect.
 */
export class Bridge {
  private readonly stage = new Int32Array(new SharedArrayBuffer(4));
  private worker: Worker | undefined;

  /** `file`: what the thread runs; `onEnd`: called before this thread waits for the tool at its end. */
  constructor(
    private readonly file: string,
    private readonly onEnd: () => void,
  ) {}

  open(data: Pick<BridgeData, 'socket' | 'hello'>): void {
    const workerData: BridgeData = { ...data, stage: this.stage };
    this.worker = withoutTick(
      () =>
        new Worker(this.file, {
          name: BRIDGE_NAME,
          workerData,
          // neither options nor files of the program's are for it, nor is its output for anybody
          argv: [],
          execArgv: [],
          env: {},
          stdout: true,
          stderr: true,
          trackUnmanagedFds: false,
          resourceLimits: { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 256 },
        }),
    );
    this.worker.on('error', () => {}); // the program comes first: it runs on unwatched
    this.worker.unref();
    this.endWith('reallyExit', () => true);
    this.endWith('_kill', (pid) => OWN_GROUPS.has(Number(pid)) || Math.abs(Number(pid)) === process.pid);
  }

  /** Nobody can ask any more. */
  get isOver(): boolean {
    return !this.worker || Atomics.load(this.stage, 0) === Stage.Over;
  }

  /**
   * By these the process ends without its last event, or may: they are Node's own, which `process.exit` and
   * `process.kill` call.
   */
  private endWith(name: 'reallyExit' | '_kill', isEnd: (...args: unknown[]) => boolean): void {
    const ending = process as unknown as Record<typeof name, (...args: unknown[]) => unknown>;
    const property = Object.getOwnPropertyDescriptor(ending, name);
    if (typeof property?.value !== 'function') return;
    const value = new Proxy(property.value as (...args: unknown[]) => unknown, {
      apply: (original, self, args: unknown[]) => {
        if (isEnd(...args) && !this.hasListener(args)) this.end();
        return Reflect.apply(original, self, args);
      },
    });
    Object.defineProperty(ending, name, { ...property, value });
  }

  /** The program takes that signal itself, or none is sent. */
  private hasListener([pid, signal]: unknown[]): boolean {
    if (pid === undefined || signal === undefined) return false;
    if (signal === 0) return true;
    const name = Object.entries(constants.signals).find(([, number]) => number === signal)?.[0];
    return name !== undefined && process.listenerCount(name) > 0;
  }

  /** All is said: waits until the tool has let go, so that Node has nothing to wait for, and to write about. */
  end(): void {
    if (this.isOver) return;
    this.onEnd();
    this.worker?.postMessage('ending');
    const untilMs = performance.now() + END_LIMIT_MS;
    while (Atomics.load(this.stage, 0) !== Stage.Over && performance.now() < untilMs)
      Atomics.wait(this.stage, 0, Stage.Open, SLEEP_MS);
    // the connection is taken away in this thread, between two sleeps
    const sleep = new Int32Array(new SharedArrayBuffer(4));
    for (let count = 0; count < LAST_SLEEPS; count++) Atomics.wait(sleep, 0, 0, 1);
  }
}

/** Node tells `process` of each new worker in a tick: of ours it does not, as nobody has asked for it. */
function withoutTick(make: () => Worker): Worker {
  const tick = Object.getOwnPropertyDescriptor(process, 'nextTick') as PropertyDescriptor;
  Object.defineProperty(process, 'nextTick', { ...tick, value: () => {} });
  try {
    return make();
  } finally {
    Object.defineProperty(process, 'nextTick', tick);
  }
}

/** Of process ids: all that this process may signal, itself among them. */
const OWN_GROUPS: ReadonlySet<number> = new Set([0, -1]);
/** As long as the tool takes to load source maps and to see the last of it. */
const END_LIMIT_MS = 8_000;
const SLEEP_MS = 5;
const LAST_SLEEPS = 3;
