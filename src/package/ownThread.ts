/** What the tasks of this very thread wait for, asked from within. */
import type { Logger } from '../base/logger.js';
import { Debuggee } from '../model/debuggee.js';
import type { Snapshot } from '../protocol/snapshot.js';
import { WireDecoder } from '../model/wire/wireDecoder.js';
import { SourceLocations } from '../session/sourceLocations.js';
import { loadAgent } from './agentOfThread.js';

/** What the program may replace, as fake timers do. */
const now = performance.now.bind(performance);
const isoNow = (): string => new Date(performance.timeOrigin + now()).toISOString();

/** Source map of a script, as JSON, where somebody else than Node has compiled it. */
export type SourceMapOf = (url: string) => string | undefined;

/** All tasks of this thread at the moment of the call, with their places in the original sources. */
export async function ownSnapshot(sourceMapOf?: SourceMapOf): Promise<Snapshot> {
  const found = loadAgent(true);
  if (!found)
    throw new Error(
      'The agent cannot run here: Node.js 18 or later is needed, without NODE_ASYNC_DEBUGGER_OFF.',
    );
  const locations = new SourceLocations(SILENT);
  locations.useProgram((url) => Promise.resolve(sourceMapOf?.(url) ?? found.sourceMap(url)));
  const debuggee = new Debuggee(
    { session: `process-${process.pid}`, name: 'node', isUnnamed: true },
    locations,
  );
  const atMs = now();
  const decoder = new WireDecoder();
  debuggee.hello(decoder.hello(found.connect(SETTINGS)), atMs);
  for (let more = true; more;) {
    const poll = decoder.poll(found.poll());
    debuggee.apply(poll, atMs);
    more = poll.more;
  }
  const takenAt = isoNow();
  debuggee.snapshot(atMs); // asks for the places, and so begins to load the maps
  await locations.whenLoaded();
  debuggee.sitesChanged();
  const snapshot: Snapshot = { version: 1, takenAt, processes: [debuggee.snapshot(atMs)] };
  locations.dispose();
  return snapshot;
}

const SETTINGS = { thresholdMs: 0, siteBudget: 0.1 };

const SILENT: Logger = { debug() {}, info() {}, warn() {}, error() {} };
