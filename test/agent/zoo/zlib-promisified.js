// Compression of much data in the thread pool.
const { promisify } = require('node:util');
const gzip = promisify(require('node:zlib').gzip);
async function main() {
  await gzip(Buffer.alloc(200_000_000));
}
main();
probeAfter(20);
