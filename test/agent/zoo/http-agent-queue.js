// An agent with one socket: the second request waits for the first, without a connection of its own.
const http = require('node:http');
const agent = new http.Agent({ maxSockets: 1 });
const server = http.createServer(() => probeAfter(50));
const get = (path) =>
  new Promise((resolve) => {
    http.get({ port: server.address().port, host: '127.0.0.1', path, agent }, resolve);
  });
async function first() {
  await get('/first');
}
async function second() {
  await get('/second');
}
server.listen(0, '127.0.0.1', () => void [first(), second()]);
