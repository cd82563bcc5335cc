// A promisified `exec` waits for the command.
const { exec } = require('node:child_process');
const { promisify } = require('node:util');
async function main() {
  await promisify(exec)('sleep 5s');
}
main();
probeAfter(200);
