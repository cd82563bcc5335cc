// finds: nothing
const { open } = require('node:fs/promises');
async function read() {
  const file = await open(__filename);
  await file.close();
}
read().then(() => setTimeout(() => {}, 150));
