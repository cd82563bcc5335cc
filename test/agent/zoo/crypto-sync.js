// Synchronous functions of crypto are over when they return.
const { pbkdf2Sync, randomBytes, scryptSync } = require('node:crypto');
async function main() {
  const salt = randomBytes(16);
  const key = scryptSync(pbkdf2Sync('secret', salt, 10, 16, 'sha512'), salt, 16);
  await new Promise((resolve) => (globalThis.use = () => resolve(key)));
}
main();
probeAfter(20);
