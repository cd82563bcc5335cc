// `finished` of a stream that does not end.
const { finished } = require('node:stream/promises');
const { Readable } = require('node:stream');
async function main() {
  await finished(new Readable({ read() {} }));
}
main();
probeAfter(20);
