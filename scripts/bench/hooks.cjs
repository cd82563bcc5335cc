// Bare hooks that do nothing, required before the work: what the engine itself takes for calling them.
'use strict';

function nothing() {}

if (process.env.BENCH_HOOKS === 'promiseHooks')
  require('node:v8').promiseHooks.createHook({
    init: nothing,
    before: nothing,
    after: nothing,
    settled: nothing,
  });
else
  require('node:async_hooks')
    .createHook({ init: nothing, before: nothing, after: nothing, promiseResolve: nothing })
    .enable();
