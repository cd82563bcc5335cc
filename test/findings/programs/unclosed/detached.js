// finds: nothing
const { spawn } = require('node:child_process');
const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 1500)'], {
  env: {},
  stdio: 'ignore',
  detached: true,
});
child.unref();
setTimeout(() => process.exit(0), 300);
