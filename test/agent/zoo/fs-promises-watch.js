// `for await` over the changes of a folder in which nothing changes.
const fs = require('node:fs/promises');
async function main() {
  for await (const change of fs.watch(__dirname)) change;
}
main();
probeAfter(50);
