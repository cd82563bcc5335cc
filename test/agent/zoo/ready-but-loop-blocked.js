// What a task awaited has settled, but the loop is busy, so it cannot go on: it is ready.
async function waits() {
  await new Promise((resolve) => setImmediate(hold, resolve));
}
function hold(resolve) {
  resolve();
  globalThis.probe();
  process.exit();
}
waits();
