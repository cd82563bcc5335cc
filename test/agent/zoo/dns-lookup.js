// A name that is looked up, at the moment when that has begun.
const dns = require('node:dns/promises');
async function main() {
  await dns.lookup('localhost');
}
main();
globalThis.probe();
process.exit();
