// A task waits for the end of a child process.
const { spawn } = require('node:child_process');
const { once } = require('node:events');
async function main() {
  const child = spawn('sleep', ['5s'], { stdio: 'ignore' });
  await once(child, 'exit');
}
main();
probeAfter(200);
