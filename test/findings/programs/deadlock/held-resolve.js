// finds: nothing
// node: --expose-gc
const waiting = [];
async function take() {
  await new Promise((resolve) => waiting.push(resolve));
}
take();
setTimeout(() => globalThis.gc(), 200);
setTimeout(() => waiting[0](), 600);
