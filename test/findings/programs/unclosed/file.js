// finds: unclosed nowhere
const { open } = require('node:fs/promises');
let kept;
async function read() {
  kept = await open(__filename);
}
read().then(() => setTimeout(() => kept.fd, 150));
