// Bare hooks that do nothing, required before the work: what the engine itself takes for calling them.
'use strict';

function nothing() {}

function hookPromises() {
  require('node:v8').promiseHooks.createHook({
    init: nothing,
    before: nothing,
    after: nothing,
    settled: nothing,
  });
}

function hookAsync(further) {
  require('node:async_hooks')
    .createHook({ init: nothing, before: nothing, after: nothing, ...further })
    .enable();
}

const INSTALL = {
  promiseHooks: hookPromises,
  async_hooks: () => hookAsync({ promiseResolve: nothing }),
  /** What the agent hooks: promises by the one, everything else by the other, also where async_hooks cannot be told so. */
  both() {
    hookPromises();
    hookAsync({ trackPromises: false });
    if (Number.parseInt(process.versions.node) >= 24) return;
    process.noDeprecation = true;
    process.binding('async_wrap').setPromiseHooks(nothing, nothing, nothing, nothing);
  },
};

INSTALL[process.env.BENCH_HOOKS]();
