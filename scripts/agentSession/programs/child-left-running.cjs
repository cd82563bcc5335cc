const { spawn } = require('node:child_process');

function startDatabase() {
  return spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' }); // FAULT
}

startDatabase();
process.on('SIGTERM', () => process.exit());
