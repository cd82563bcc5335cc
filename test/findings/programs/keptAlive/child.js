// keeps: 3
const { spawn } = require('node:child_process');
const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 8000)'], { env: {}, stdio: 'ignore' });
process.on('SIGTERM', () => {
  child.kill();
  process.exit();
});
