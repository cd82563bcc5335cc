const { execFile } = require('node:child_process');
const { promisify } = require('node:util');
async function main() {
  await promisify(execFile)('sleep', ['5']);
}
main();
probeAfter(400);
