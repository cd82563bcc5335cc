// `pipeline` of a source that gives nothing.
const { pipeline } = require('node:stream/promises');
const { Readable, Writable } = require('node:stream');
async function main() {
  await pipeline(new Readable({ read() {} }), new Writable());
}
main();
probeAfter(20);
