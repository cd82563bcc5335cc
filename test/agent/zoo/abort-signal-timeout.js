// A signal that ends after a time: its timer belongs to the signal, not to the promise.
const signal = AbortSignal.timeout(1000);
async function main() {
  await new Promise((resolve) => signal.addEventListener('abort', resolve));
}
main();
probeAfter(20);
