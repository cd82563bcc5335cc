// An operation of a library that gives a promise, as the library announces it by a tracing channel.
const { tracingChannel } = require('node:diagnostics_channel');
const server = { serverAddress: '127.0.0.1', serverPort: 6379 };
const answer = () => new Promise(() => {});
function get(key) {
  const context = { command: 'GET', args: ['GET', key], ...server };
  return tracingChannel('node-redis:command').tracePromise(answer, context);
}
async function main() {
  await get('session:4711');
}
main();
probeAfter(20);
