// A task waits for a message of a forked program that sends none.
const { fork } = require('node:child_process');
const { once } = require('node:events');
const path = require('node:path');
async function main() {
  const child = fork(path.join(__dirname, 'support', 'silent.js'), { execArgv: [], stdio: 'ignore' });
  process.on('exit', () => child.kill());
  await once(child, 'message');
}
main();
probeAfter(200);
