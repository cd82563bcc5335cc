// finds: nothing
const { setTimeout: sleep } = require('node:timers/promises');
async function main() {
  await Promise.all(
    [1, 2].map(async (n) => {
      await sleep(200 * n);
    }),
  );
}
main();
