// A question that nobody answers.
const readline = require('node:readline/promises');
const { PassThrough } = require('node:stream');
async function main() {
  await readline.createInterface({ input: new PassThrough() }).question('Name? ');
}
main();
probeAfter(20);
