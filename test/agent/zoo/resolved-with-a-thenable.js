// Promises that are resolved with a thenable, in each way that there is, wait for what its `then` has begun.
class Query {
  constructor(ms) {
    this.ms = ms;
  }
  then(resolve, reject) {
    return new Promise((done) => setTimeout(done, this.ms)).then(resolve, reject);
  }
}
async function byPromiseResolve() {
  await Promise.resolve(new Query(1000));
}
async function byNewPromise() {
  await new Promise((resolve) => resolve(new Query(2000)));
}
async function byThen() {
  await Promise.resolve(1).then(() => new Query(3000));
}
async function byCatch() {
  await Promise.reject(new Error('none')).catch(() => new Query(4000));
}
async function byFinally() {
  await Promise.resolve(1).finally(() => new Query(5000));
}
async function* pages() {
  yield new Query(6000);
}
async function byYield() {
  for await (const page of pages()) page;
}
async function byThenable() {
  await { then: (resolve) => resolve(new Query(7000)) };
}
for (const way of [byPromiseResolve, byNewPromise, byThen, byCatch, byFinally, byYield, byThenable]) way();
probeAfter(20);
