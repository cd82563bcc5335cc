// finds: nothing
const { spawn } = require('node:child_process');
spawn(process.execPath, ['-e', '0'], { env: {}, stdio: 'ignore' }).on('exit', () =>
  setTimeout(() => process.exit(0), 100),
);
