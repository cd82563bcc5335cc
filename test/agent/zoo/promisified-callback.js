// `util.promisify` around a function with a callback: the task waits for what that function starts.
const { promisify } = require('node:util');
const later = promisify((ms, done) => setTimeout(done, ms));
async function main() {
  await later(1000);
}
main();
probeAfter(20);
