// A key that the Web Crypto API derives in the thread pool.
const { subtle } = require('node:crypto').webcrypto;
async function main() {
  const key = await subtle.importKey('raw', Buffer.from('secret'), 'PBKDF2', false, ['deriveBits']);
  probeAfter(20);
  const salt = Buffer.from('salt');
  await subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-512', salt, iterations: 200_000 }, key, 512);
}
main();
