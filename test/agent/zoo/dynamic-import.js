async function plugin() {
  await import('./support/slow-module.mjs');
}
plugin();
probeAfter(100);
