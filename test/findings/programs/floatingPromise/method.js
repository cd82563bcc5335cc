// finds: floatingPromise 8
const { setTimeout: sleep } = require('node:timers/promises');
class Cart {
  async store() {
    await sleep(600);
  }
  async add() {
    this.store();
  }
}
async function main() {
  await new Cart().add();
  await sleep(700);
}
main();
