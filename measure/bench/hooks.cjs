// Bare hooks, required before the work.
'use strict';
const { hookAsync, hookBoth, hookPromises } = require('./emptyHooks.cjs');

const INSTALL = {
  promiseHooks: hookPromises,
  async_hooks: () => hookAsync({ promiseResolve() {} }),
  both: hookBoth,
};

INSTALL[process.env.BENCH_HOOKS]();
