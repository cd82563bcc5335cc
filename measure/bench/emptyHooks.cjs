// Hooks that do nothing: what the engine itself takes for calling them. Each gives what takes them away again.
'use strict';

function nothing() {}

function hookPromises() {
  return require('node:v8').promiseHooks.createHook({
    init: nothing,
    before: nothing,
    after: nothing,
    settled: nothing,
  });
}

function hookAsync(further) {
  const hook = require('node:async_hooks')
    .createHook({ init: nothing, before: nothing, after: nothing, ...further })
    .enable();
  return () => hook.disable();
}

/** What the agent hooks: promises by the one, everything else by the other, also where async_hooks cannot be told so. */
function hookBoth() {
  const removePromiseHooks = hookPromises();
  const removeHooks = hookAsync({ trackPromises: false });
  if (Number.parseInt(process.versions.node) < 24) {
    process.noDeprecation = true;
    process.binding('async_wrap').setPromiseHooks(nothing, nothing, nothing, nothing);
  }
  return () => {
    removePromiseHooks();
    removeHooks();
  };
}

module.exports = { hookPromises, hookAsync, hookBoth };
