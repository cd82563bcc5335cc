// `for await` over the lines of a stream that gives none.
const readline = require('node:readline');
const { PassThrough } = require('node:stream');
async function main() {
  for await (const line of readline.createInterface({ input: new PassThrough() })) line;
}
main();
probeAfter(20);
