const locked = new Promise((resolve) => {
  globalThis.release = resolve;
});
async function waitsForLock() {
  await locked;
}
waitsForLock();
probeAfter(20);
