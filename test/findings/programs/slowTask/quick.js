// finds: nothing
// slow: 900
const { readFile } = require('node:fs/promises');
(async function read() {
  for (let n = 0; n < 200; n++) await readFile(__filename);
})();
