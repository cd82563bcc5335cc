// Field initialisers, private methods and static methods are named as they are written.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

class Shop {
  opened = (async () => {
    await sleep(1000);
  })();
  async order() {
    await this.#pack();
  }
  async #pack() {
    await Shop.ship();
  }
  static async ship() {
    await sleep(2000);
  }
}
new Shop().order();
probeAfter(20);
