// finds: pendingAtExit 4
const { writeFile } = require('node:fs/promises');
async function log() {
  await writeFile('/dev/null', 'x'.repeat(5e7));
}
async function main() {
  void log();
  setImmediate(() => process.exit(0));
}
main();
