import type { Commands } from './commands.js';

type Method = keyof Commands;

/**
 * All that is ever sent over a connection shared with js-debug: its commands act on the user's own debugger,
 * so nothing here changes what that debugger does.
 */
const SHARED = [
  'JsDebug.subscribe',
  'Runtime.addBinding',
  'Runtime.evaluate',
  'Runtime.getProperties',
  'Runtime.callFunctionOn',
  'Runtime.releaseObjectGroup',
] as const satisfies Method[];

/** All that is ever sent over an inspector connection of our own. */
const DIRECT = [
  'Runtime.addBinding',
  'Runtime.evaluate',
  'Runtime.getProperties',
  'Runtime.callFunctionOn',
  'Runtime.releaseObjectGroup',
  'Runtime.runIfWaitingForDebugger',
  // Looking into a program that loaded nothing of ours. On a connection of our own alone: the debugger's own snapshots would
  // mix with ours, and HeapProfiler.disable would end them.
  'Runtime.queryObjects',
  'HeapProfiler.takeHeapSnapshot',
  'HeapProfiler.getHeapObjectId',
  'HeapProfiler.getObjectByHeapObjectId',
  'HeapProfiler.disable',
  'NodeWorker.enable',
  'NodeWorker.sendMessageToWorker',
  'NodeRuntime.notifyWhenWaitingForDisconnect',
] as const satisfies Method[];

export type ConnectionKind = 'shared' | 'direct';

export const allowedMethods: Readonly<Record<ConnectionKind, ReadonlySet<Method>>> = {
  shared: new Set(SHARED),
  direct: new Set(DIRECT),
};
