// A promisified function of child_process waits for the child and its pipes.
const { execFile } = require('node:child_process');
const { promisify } = require('node:util');
async function main() {
  await promisify(execFile)('sleep', ['5s']);
}
main();
probeAfter(400);
