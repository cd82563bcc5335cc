// A module that imports another one waits for its top-level await.
const { ready } = await import('./support/slow-module.mjs');
ready;
