const { createServer } = require('node:http');

async function main() {
  const server = createServer();
  server.listen(0, '127.0.0.1'); // FAULT
  await new Promise((resolve) => server.once('listening', resolve));
}

main();
