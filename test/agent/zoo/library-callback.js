// An operation of a library that calls back, in the promise that is made around it; then the next one.
const { tracingChannel } = require('node:diagnostics_channel');
const channel = tracingChannel('mysql2:pool:connect');
const free = [];
function connection(done) {
  const context = { serverAddress: '127.0.0.1', serverPort: 3306 };
  channel.traceCallback((callback) => free.push(callback), 0, context, undefined, done);
}
async function first() {
  await new Promise((resolve) => connection(() => connection(resolve)));
}
async function second() {
  await new Promise((resolve) => connection(resolve));
}
first();
second();
setTimeout(() => free.shift()(), 5);
probeAfter(50);
