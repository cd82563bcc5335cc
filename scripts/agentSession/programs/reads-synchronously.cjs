const { execSync } = require('node:child_process');

function version() {
  return execSync('sleep 0.3').toString(); // FAULT
}

setInterval(version, 600);
