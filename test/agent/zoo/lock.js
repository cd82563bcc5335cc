let release;
const locked = new Promise((resolve) => (release = resolve));
async function waitsForLock() {
  await locked;
}
waitsForLock();
probeAfter(20);
