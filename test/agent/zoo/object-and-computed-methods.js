// Methods of object literals, also those with a computed name.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const key = 'fetchAll';
const api = {
  async get() {
    await sleep(1000);
  },
  async [key]() {
    await this.get();
  },
};
api.fetchAll();
probeAfter(20);
