// A getter cannot be async; the tree shows the method that it starts.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

class Account {
  get balance() {
    return this.#load();
  }
  async #load() {
    await sleep(1000);
  }
}
async function main() {
  await new Account().balance;
}
main();
probeAfter(20);
