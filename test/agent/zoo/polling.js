// A promise that polls: only the first of its timers was started while it was made.
async function main() {
  await new Promise((resolve) => {
    const look = () => (globalThis.isThere ? resolve() : setTimeout(look, 5));
    look();
  });
}
main();
probeAfter(50);
