// finds: nothing
// slow: 300
const { once } = require('node:events');
const { spawn } = require('node:child_process');
(async function build() {
  await once(spawn(process.execPath, ['-e', 'setTimeout(() => {}, 900)'], { env: {} }), 'exit');
})();
