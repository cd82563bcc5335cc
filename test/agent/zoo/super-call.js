// A method and the one of the same name that it overrides are two tasks.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

class Store {
  async save() {
    await sleep(1000);
  }
}
class LoggedStore extends Store {
  async save() {
    await super.save();
  }
}
new LoggedStore().save();
probeAfter(20);
