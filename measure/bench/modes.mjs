import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Host } from './host.mjs';
import { blockedAt, whyIsNodeRunning } from './peers.mjs';

const AGENT = join(import.meta.dirname, '..', '..', 'dist', 'agent.js');
const HOOKS = join(import.meta.dirname, 'hooks.cjs');
/** What a session gives to the agent. */
export const SETTINGS = { thresholdMs: 100, siteBudget: 0.1, recordingSeconds: 30 };
export const SETTINGS_IN_SESSION = { ...SETTINGS, hasDebugger: true };
const ASYNC_STACKS_DEPTH = 32;

/**
 * A way to run a measured program.
 *
 * @typedef {object} Mode
 * @property {string} name
 * @property {string} what           for people
 * @property {string} [preload]      file to require first
 * @property {Record<string, string>} [env]
 * @property {() => Promise<Partial<Mode>>} [install] gives the rest of the mode, which may have to be downloaded
 * @property {(inspector: import('./inspector.mjs').Inspector) => Promise<Host | undefined>} [attach]
 *   what is done over the inspector, which only then is open, before the program begins
 */

/** @type {Mode[]} The first is what the others are compared with. */
export const MODES = [
  { name: 'plain', what: 'nothing of ours, no inspector' },
  {
    name: 'promiseHooks',
    what: 'v8.promiseHooks with four empty hooks',
    preload: HOOKS,
    env: { BENCH_HOOKS: 'promiseHooks' },
  },
  {
    name: 'async_hooks',
    what: 'async_hooks with empty init, before, after, promiseResolve',
    preload: HOOKS,
    env: { BENCH_HOOKS: 'async_hooks' },
  },
  {
    name: 'bare hooks',
    what: 'the hooks that the agent needs, empty',
    preload: HOOKS,
    env: { BENCH_HOOKS: 'both' },
  },
  {
    name: 'agent',
    what: 'our agent, connected and asked every 100 ms',
    preload: AGENT,
    attach: (inspector) => listen(inspector, SETTINGS),
  },
  {
    name: 'agent without recording',
    what: 'the same with the flight recorder off',
    preload: AGENT,
    attach: (inspector) => listen(inspector, { ...SETTINGS, recordingSeconds: 0 }),
  },
  {
    name: 'agent without sites',
    what: 'the same with a site budget of 0',
    preload: AGENT,
    attach: (inspector) => listen(inspector, { ...SETTINGS, siteBudget: 0 }),
  },
  { name: 'debugger', what: 'Debugger.enable, as in any debug session', attach: debug },
  { name: 'async stacks', what: 'a js-debug session: async stacks of depth 32', attach: asyncStacks },
  {
    name: 'bare hooks + async stacks',
    what: 'the hooks that the agent needs, empty, in a js-debug session',
    preload: HOOKS,
    env: { BENCH_HOOKS: 'both' },
    attach: asyncStacks,
  },
  {
    name: 'agent + async stacks',
    what: 'our agent in a js-debug session',
    preload: AGENT,
    attach: async (inspector) => {
      await asyncStacks(inspector);
      return listen(inspector, SETTINGS_IN_SESSION);
    },
  },
  { name: 'blocked-at', what: 'the package blocked-at, threshold 100 ms', install: blockedAt },
  { name: 'why-is-node-running', what: 'the package why-is-node-running', install: whyIsNodeRunning },
];

/** A debug session, and our agent in it. */
export const IN_SESSION = ['async stacks', 'agent + async stacks'];

/**
 * @param {string} name
 * @returns {Promise<Mode>} ready to be measured
 */
export async function readyMode(name) {
  const mode = MODES.find((each) => each.name === name);
  return { ...mode, ...(await mode.install?.()) };
}

/** Says what to do where the agent has not been built. */
export function requireAgent() {
  if (!existsSync(AGENT)) throw new Error('dist/agent.js is missing: run "npm run build" first');
}

async function listen(inspector, settings) {
  const host = new Host(inspector);
  await host.begin(settings);
  return host;
}

async function debug(inspector) {
  await inspector.send('Runtime.enable');
  await inspector.send('Debugger.enable');
}

/** What js-debug asks of a program that it debugs, by default. */
export async function asyncStacks(inspector) {
  await debug(inspector);
  await inspector.send('Debugger.setAsyncCallStackDepth', { maxDepth: ASYNC_STACKS_DEPTH });
}
