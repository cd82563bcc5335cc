// `fetch` whose answer has begun but does not end.
const server = require('node:http').createServer((request, response) => {
  response.write('[');
});
async function main() {
  const response = await fetch(`http://127.0.0.1:${server.address().port}/cart`);
  probeAfter(50);
  await response.json();
}
server.listen(0, '127.0.0.1', main);
