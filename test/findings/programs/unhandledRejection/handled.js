// finds: nothing
async function bad() {
  throw new Error('x');
}
bad().catch(() => {});
(async () => {
  try {
    await bad();
  } catch {
    /* expected */
  }
})();
setTimeout(() => {}, 200);
