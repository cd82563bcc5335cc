// A lock that nobody releases is a promise without an operation.
const locked = new Promise((resolve) => {
  globalThis.release = resolve;
});
async function waitsForLock() {
  await locked;
}
waitsForLock();
probeAfter(20);
