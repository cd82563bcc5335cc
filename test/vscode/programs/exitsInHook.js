'use strict';
const { createHook } = require('node:async_hooks');

createHook({
  init(_id, type) {
    if (type === 'Timeout') process.exit(3);
  },
}).enable();
setTimeout(() => {}, 60_000);
