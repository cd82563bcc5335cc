probeAfter(100);
const { ready } = await import('./support/slow-module.mjs');
ready;
