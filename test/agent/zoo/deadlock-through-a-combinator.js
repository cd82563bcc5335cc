// A task waits for itself through `Promise.all` and another task.
const tasks = {};
async function parent() {
  await null;
  await Promise.all([tasks.child, null]);
}
async function child() {
  await null;
  await tasks.parent;
}
tasks.parent = parent();
tasks.child = child();
probeAfter(20);
