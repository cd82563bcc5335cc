class Lock {
  #held = false;
  #waiting = [];
  async acquire() {
    if (this.#held) await new Promise((resolve) => this.#waiting.push(resolve)); // FAULT
    this.#held = true;
  }
}

const lock = new Lock();

async function transfer() {
  await lock.acquire();
}

transfer().then(transfer);
setInterval(() => {}, 1000);
