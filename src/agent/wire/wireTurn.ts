import type { WireTurn } from '../../protocol/wire.js';
import type { Turns } from '../eventLoop/turns.js';
import type { Executions } from '../promises/executions.js';
import { runsOf } from './wireEntry.js';

/** The turn of the event loop that goes on at `atMs`, with room for its stack if it is long; `undefined`: none does. */
export function wireTurn(turns: Turns, executions: Executions, atMs: number): WireTurn | undefined {
  if (!turns.isRunning(atMs)) return undefined;
  const record = executions.running;
  const turn: WireTurn = {
    seq: turns.seq,
    startedMs: turns.startedMs,
    type: turns.type,
    entry: record?.id ?? turns.entry,
    runs: record === null ? 0 : runsOf(record),
    microtasks: turns.inMicrotasks,
    ticks: turns.ticks,
  };
  if (turns.isLong(atMs)) turn.stack = [];
  return turn;
}
