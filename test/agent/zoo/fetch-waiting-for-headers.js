// `fetch` of a server that does not answer.
const server = require('node:http').createServer(() => probeAfter(50));
async function main() {
  await fetch(`http://127.0.0.1:${server.address().port}/cart`);
}
server.listen(0, '127.0.0.1', main);
