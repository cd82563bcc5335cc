// Two tasks that hold a lock each, and wait for that of the other: the program has given the locks names.
const { resource } = globalThis[Symbol.for('nodejs.asyncDebugger')];
class Lock {
  waiting = [];
  isHeld = false;
  constructor(name) {
    this.seen = resource(name);
  }
  async acquire() {
    if (this.isHeld) await this.seen.wait(new Promise((resolve) => this.waiting.push(resolve)));
    this.isHeld = true;
    return this.seen.hold();
  }
}
const orders = new Lock('lock orders');
const stock = new Lock('lock stock');
async function sell() {
  await orders.acquire();
  await null;
  await stock.acquire();
}
async function count() {
  await stock.acquire();
  await null;
  await orders.acquire();
}
sell();
count();
probeAfter(20);
