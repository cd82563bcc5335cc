// finds: slowTask 11
// finds in 18: nothing
// finds in 20: nothing
// slow: 500
const http = require('node:http');
const server = http.createServer((request, response) => setTimeout(() => response.end('late'), 1500));
server.listen(0, '127.0.0.1', () => load());
async function load() {
  const { port } = server.address();
  await new Promise((resolve) =>
    http.get({ port, host: '127.0.0.1', agent: false }, (answer) => answer.resume().on('end', resolve)),
  );
  server.close();
}
