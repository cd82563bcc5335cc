// A pool that the program has given a name, with who holds its connections and who waits; and a promise with a name.
const { resource, track } = globalThis[Symbol.for('nodejs.asyncDebugger')];
const seen = resource('pool db', 2);
const waiting = [];
let free = 2;
async function connect() {
  if (free === 0) await seen.wait(new Promise((resolve) => waiting.push(resolve)));
  else free--;
  return seen.hold();
}
async function exports() {
  await connect();
  await track(new Promise(() => {}), 'the last row');
}
async function checkout() {
  await connect();
}
exports();
exports();
checkout();
checkout();
probeAfter(20);
