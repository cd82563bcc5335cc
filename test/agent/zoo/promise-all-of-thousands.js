// `Promise.all` with 2,000 inputs shows the first of those that are still waiting.
async function main() {
  await Promise.all(Array.from({ length: 2000 }, (_, i) => (i < 200 ? i : new Promise(() => {}))));
}
main();
probeAfter(20);
