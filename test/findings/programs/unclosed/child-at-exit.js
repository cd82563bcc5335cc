// finds: unclosed 4
const { spawn } = require('node:child_process');
function start() {
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 3000)'], { env: {}, stdio: 'ignore' });
  return child;
}
const child = start();
process.on('exit', () => child.kill());
setTimeout(() => process.exit(0), 400);
