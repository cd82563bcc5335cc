// Thenables among the inputs of combinators, one of them with an async `then`.
const query = { then: (resolve) => setTimeout(resolve, 2000) };
const stream = {
  async then(resolve) {
    await new Promise((done) => setTimeout(done, 3000));
    resolve();
  },
};
async function fastest() {
  await Promise.race([query, stream]);
}
async function all() {
  await Promise.allSettled([query, stream]);
}
fastest();
all();
probeAfter(20);
