// `Atomics.waitAsync` on memory that nobody changes.
const memory = new Int32Array(new SharedArrayBuffer(4));
async function main() {
  await Atomics.waitAsync(memory, 0, 0).value;
}
main();
probeAfter(20);
