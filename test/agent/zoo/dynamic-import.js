// `import()` waits for a module that has a top-level await.
async function plugin() {
  await import('./support/slow-module.mjs');
}
plugin();
