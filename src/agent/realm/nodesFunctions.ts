/** What the agent calls of Node while the program runs, taken before the program can replace it. */
import { subscribe as nodesSubscribe, unsubscribe as nodesUnsubscribe } from 'node:diagnostics_channel';
import { createHook as nodesCreateHook, executionAsyncResource as nodesResource } from 'node:async_hooks';
import { readlinkSync as nodesReadlink } from 'node:fs';
import NodesModule, { findSourceMap as nodesFindSourceMap } from 'node:module';
import { clearImmediate as nodesClearImmediate, clearTimeout as nodesClearTimeout } from 'node:timers';
import { GCProfiler as NodesGcProfiler, promiseHooks as nodesPromiseHooks } from 'node:v8';

export const clearImmediate = nodesClearImmediate;
export const clearTimeout = nodesClearTimeout;
export const createHook = nodesCreateHook;
export const executionAsyncResource = nodesResource;
export const readlinkSync = nodesReadlink;
export const findSourceMap = nodesFindSourceMap;
/** What the program has loaded with `require`, by file. */
export const loadedModules =
  (NodesModule as unknown as { _cache?: Record<string, { loaded?: boolean; exports?: unknown } | undefined> })
    ._cache ?? {};
export const promiseHooks = { ...nodesPromiseHooks };
/** Node 18.15 and later. */
export const GcProfiler = NodesGcProfiler as typeof NodesGcProfiler | undefined;
/** Missing in the first releases of Node 18. */
export const subscribe = nodesSubscribe as typeof nodesSubscribe | undefined;
export const unsubscribe = nodesUnsubscribe as typeof nodesUnsubscribe | undefined;
