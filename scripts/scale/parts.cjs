// Required before a server: counts what it answers, and switches empty hooks on and off, for the inspector to ask.
'use strict';
const { createHook } = require('node:async_hooks');
const { subscribe } = require('node:diagnostics_channel');
const { promiseHooks } = require('node:v8');

function nothing() {}

let answers = 0;
subscribe('http.server.response.finish', () => answers++);

let removeHooks = nothing;

globalThis[Symbol.for('nodejs.asyncDebugger.parts')] = {
  count() {
    const { user, system } = process.cpuUsage();
    return { answers, cpuMs: (user + system) / 1_000, atMs: performance.now() };
  },
  hook() {
    const removePromiseHooks = promiseHooks.createHook({
      init: nothing,
      before: nothing,
      after: nothing,
      settled: nothing,
    });
    const hook = createHook({
      init: nothing,
      before: nothing,
      after: nothing,
      trackPromises: false,
    }).enable();
    removeHooks = () => {
      removePromiseHooks();
      hook.disable();
    };
  },
  unhook() {
    removeHooks();
    removeHooks = nothing;
  },
};
