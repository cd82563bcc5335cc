// `for await` over a stream that gives nothing.
const { Readable } = require('node:stream');
async function main() {
  for await (const chunk of new Readable({ read() {} })) chunk;
}
main();
probeAfter(20);
