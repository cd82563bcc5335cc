// A semaphore with one place that is never given back: whoever waits for it has a promise without an operation.
class Semaphore {
  free = 1;
  waiting = [];
  async acquire() {
    if (this.free-- > 0) return;
    await new Promise((resolve) => this.waiting.push(resolve));
  }
}
const places = new Semaphore();
async function useTheDatabase() {
  await places.acquire();
  await new Promise(() => {});
}
useTheDatabase();
useTheDatabase();
probeAfter(20);
