// Required before a server: counts what it answers, and switches empty hooks on and off, for the inspector to ask.
'use strict';
const { subscribe } = require('node:diagnostics_channel');
const { hookBoth } = require('../bench/emptyHooks.cjs');

let answers = 0;
subscribe('http.server.response.finish', () => answers++);

let removeHooks;

globalThis[Symbol.for('nodejs.asyncDebugger.parts')] = {
  count() {
    const { user, system } = process.cpuUsage();
    return { answers, cpuMs: (user + system) / 1_000, atMs: performance.now() };
  },
  hook() {
    removeHooks = hookBoth();
  },
  unhook() {
    removeHooks?.();
    removeHooks = undefined;
  },
};
