// A pool whose jobs are resources of their own: a task waits for its job, which is shown by its name.
const { AsyncResource } = require('node:async_hooks');
class Job extends AsyncResource {
  constructor(done) {
    super('RenderJob');
    this.done = done;
  }
  finish() {
    this.runInAsyncScope(this.done);
    this.emitDestroy();
  }
}
const queue = [];
const render = () => new Promise((resolve) => queue.push(new Job(resolve)));
async function page(name) {
  await render(name);
}
page('cart');
page('home');
setTimeout(() => queue.shift().finish(), 5);
probeAfter(40);
