// Work that is cut into pieces by `setImmediate`: the promise around it knows the first piece alone.
let pieces = 0;
async function main() {
  await new Promise((resolve) => {
    const next = () => (++pieces < 1_000_000_000 ? setImmediate(next) : resolve());
    next();
  });
}
main();
probeAfter(20);
